package io.github.proxmoxzfs.status;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A disk of a node, and what it told of itself.
///
/// @param disk the disk
/// @param smart what is known of its SMART; empty where it was never asked
public record DiskRow(Disk disk, Optional<SmartReading> smart) {
  private static final BigDecimal WORN_PERCENT = BigDecimal.valueOf(90);
  private static final BigDecimal LEFT_WHEN_WORN = new BigDecimal("0.1");

  public DiskRow {
    requireNonNull(disk, "disk is null");
    requireNonNull(smart, "smart is null");
  }

  /// The disks of a node, each once.
  public static List<DiskRow> of(NodeSnapshot node) {
    DiskList list = node.disks().list().asOptional().orElse(new DiskList(List.of()));
    return list.disks().stream()
        .filter(list::standsForItself)
        .map(disk -> new DiskRow(disk, smart(node, list.identityOf(disk))))
        .toList();
  }

  private static Optional<SmartReading> smart(NodeSnapshot node, Optional<DiskIdentity> identity) {
    return identity.flatMap(known -> Optional.ofNullable(node.disks().smart().get(known)));
  }

  /// What it last told, if it ever told something.
  public Optional<SmartReport.Told> told() {
    return smart.flatMap(SmartReading::told).map(Reading.Ok::value);
  }

  /// How grave is what it says of its health.
  public Severity severity() {
    return told().map(told -> severity(told.health().verdict())).orElse(Severity.HEALTHY);
  }

  private static Severity severity(SmartHealth.Verdict verdict) {
    return switch (verdict) {
      case PASSED, UNKNOWN -> Severity.HEALTHY;
      case WARNING -> Severity.WARNING;
      case FAILED -> Severity.CRITICAL;
    };
  }

  /// How much of its life is over, where that is most of it, or that it runs out of spare blocks.
  List<String> wear() {
    var wear = new ArrayList<String>();
    boolean worn =
        isAtLeast(SmartValue.PERCENTAGE_USED, WORN_PERCENT)
            || value(SmartValue.WEAROUT_REMAINING_RATIO)
                .filter(left -> left.compareTo(LEFT_WHEN_WORN) <= 0)
                .isPresent();
    if (worn) {
      wear.add("has lived most of its life");
    }
    boolean spareLow =
        value(SmartValue.AVAILABLE_SPARE_PERCENT)
            .flatMap(
                spare ->
                    value(SmartValue.AVAILABLE_SPARE_THRESHOLD_PERCENT)
                        .filter(least -> spare.compareTo(least) < 0))
            .isPresent();
    if (spareLow) {
      wear.add("runs out of spare blocks");
    }
    return wear;
  }

  private boolean isAtLeast(SmartValue value, BigDecimal least) {
    return value(value).filter(told -> told.compareTo(least) >= 0).isPresent();
  }

  private Optional<BigDecimal> value(SmartValue value) {
    return told().flatMap(told -> told.value(value));
  }

  /// What tells it from other disks, without its device.
  public Identities.Identity identity(ClusterStatus status) {
    return new Identities.Identity(
        disk.model().orElse(""),
        disk.serial().orElse(""),
        disk.serial().map(serial -> status.locations().getOrDefault(serial, "")).orElse(""),
        "",
        Optional.empty());
  }

  /// The numbers that people look at first: temperature, wear, spare blocks, media errors.
  public List<String> numbers() {
    var numbers = new ArrayList<String>();
    number(SmartValue.TEMPERATURE_CELSIUS, "%s °C", numbers);
    number(SmartValue.PERCENTAGE_USED, "%s%% worn", numbers);
    number(SmartValue.AVAILABLE_SPARE_PERCENT, "%s%% spare", numbers);
    number(SmartValue.MEDIA_ERRORS, "%s media errors", numbers);
    return numbers;
  }

  private void number(SmartValue value, String form, List<String> numbers) {
    told()
        .flatMap(told -> told.value(value))
        .map(BigDecimal::toPlainString)
        .map(form::formatted)
        .ifPresent(numbers::add);
  }
}
