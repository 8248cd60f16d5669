package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.DiskRow;
import io.github.proxmoxzfs.status.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is shown of a node beside its pools.
final class NodeSections {
  private static final int INDENT = 4;
  private static final int DEVICE = 10;

  private NodeSections() {}

  /// Which versions run on it.
  static Optional<String> versions(ClusterStatus status, NodeSnapshot node) {
    return Optional.ofNullable(status.snapshot().surroundings().versions().get(node.name()))
        .flatMap(Reading::asOptional)
        .map(NodeSections::shown);
  }

  private static String shown(NodeVersions versions) {
    var parts = new ArrayList<String>();
    versions.pve().ifPresent(pve -> parts.add("pve " + pve));
    versions.zfs().ifPresent(zfs -> parts.add("zfs " + zfs));
    return String.join("  ", parts);
  }

  /// Its disks: what they told of themselves, and which told nothing.
  static void disks(ClusterStatus status, NodeSnapshot node, Page page) {
    List<DiskRow> all = DiskRow.of(node);
    if (all.isEmpty()) {
      return;
    }
    page.gap();
    page.line().to(2).add(Tone.STRONG, "disks");
    for (DiskRow row : all.stream().filter(row -> row.told().isPresent()).toList()) {
      Disk disk = row.disk();
      Line line = page.line().to(INDENT).add(disk.device()).to(INDENT + DEVICE);
      SmartReport.Told told = row.told().orElseThrow();
      Tone tone =
          told.health().verdict() == SmartHealth.Verdict.UNKNOWN
              ? Tone.FAINT
              : Tone.of(row.severity());
      line.add(tone, told.health().verdict().name()).to(INDENT + DEVICE + 9);
      var facts = new ArrayList<String>();
      facts.add(row.identity(status).shown());
      facts.addAll(row.numbers());
      page.paragraph(line, INDENT + DEVICE + 9, Tone.PLAIN, String.join(", ", facts));
    }
    silent(all)
        .forEach(
            (why, devices) ->
                page.paragraph(page.line().to(INDENT), INDENT, Tone.FAINT, why + ": " + devices));
  }

  /// A line for each cause: a node may have many disks behind a controller.
  private static Map<String, String> silent(List<DiskRow> rows) {
    return rows.stream()
        .filter(row -> row.told().isEmpty())
        .collect(
            Collectors.groupingBy(
                row ->
                    "SMART "
                        + row.smart()
                            .flatMap(SmartReading::failure)
                            .map(cause -> "is not known, " + cause.replace('_', ' '))
                            .orElse("not asked for"),
                TreeMap::new,
                Collectors.mapping(row -> row.disk().device(), Collectors.joining(", "))));
  }

  /// The same as JSON.
  static void write(ClusterStatus status, NodeSnapshot node, JsonLine json) {
    Optional.ofNullable(status.snapshot().surroundings().versions().get(node.name()))
        .flatMap(Reading::asOptional)
        .ifPresent(known -> json.text("pve", known.pve()).text("zfs", known.zfs()));
    json.objects(
        "disks",
        DiskRow.of(node),
        row -> {
          json.add("device", row.disk().device())
              .text("model", row.disk().model())
              .text("serial", row.disk().serial())
              .text("wwn", row.disk().wwn())
              .add("size_bytes", row.disk().sizeBytes());
          row.told()
              .ifPresent(
                  told -> {
                    json.add("smart", told.health().verdict().name().toLowerCase(Locale.ROOT));
                    told.value(SmartValue.TEMPERATURE_CELSIUS)
                        .ifPresent(value -> json.add("temperature_celsius", value.doubleValue()));
                    told.value(SmartValue.PERCENTAGE_USED)
                        .ifPresent(value -> json.add("percentage_used", value.doubleValue()));
                  });
        });
  }
}
