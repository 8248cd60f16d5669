package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a disk says of itself when it is asked for SMART, as far as it can be trusted.
public sealed interface SmartReport {
  /// What language a disk speaks, as its answer shows.
  enum Protocol {
    ATA,
    NVME,
    /// SCSI and SAS.
    SCSI,
    /// The answer does not show it.
    UNKNOWN
  }

  /// It answered.
  ///
  /// @param protocol its language
  /// @param health its judgement of itself
  /// @param values the numbers it tells
  /// @param attributes the rows of an ATA disk's table that are worth telling
  record Told(
      Protocol protocol,
      SmartHealth health,
      Map<SmartValue, BigDecimal> values,
      List<SmartAttribute> attributes)
      implements SmartReport {
    public Told {
      requireNonNull(protocol, "protocol is null");
      requireNonNull(health, "health is null");
      var copy = new EnumMap<SmartValue, BigDecimal>(SmartValue.class);
      copy.putAll(values);
      values = Collections.unmodifiableMap(copy);
      attributes = List.copyOf(attributes);
    }

    /// A number, where it tells it.
    public Optional<BigDecimal> value(SmartValue wanted) {
      return Optional.ofNullable(values.get(wanted));
    }
  }

  /// It says nothing, and that is no failure of the question: Proxmox answered.
  ///
  /// @param cause why
  record Silent(Cause cause) implements SmartReport {
    /// Why a disk says nothing.
    public enum Cause {
      /// smartctl could not talk to it, or not within Proxmox's 10 s: it does not answer, or sits
      /// behind a RAID controller or a USB bridge that smartctl does not know, or is a virtual one.
      NO_ANSWER,
      /// It answered smartctl, but what it tells of SMART could not be read.
      UNREADABLE,
      /// Its SMART is switched off.
      DISABLED,
      /// It has no SMART, or tells nothing of it.
      UNSUPPORTED;

      /// The value of the `reason` label.
      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Silent {
      requireNonNull(cause, "cause is null");
    }
  }
}
