package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// What Proxmox leaves of smartctl's output for one disk (pve-storage `PVE/Diskmanage.pm`,
/// `get_smart_data`).
///
/// @param ran whether smartctl ran to its end; if not, Proxmox throws all of it away
/// @param type `ata` where there is a table of attributes, `text` where there is other text; absent
///   where smartctl printed no such thing
/// @param health the end of smartctl's line about health; `UNKNOWN` where there was none
/// @param text what smartctl printed, without the line about health
/// @param attributes the rows of the table; Proxmox loses those of an unusual form
public record SmartText(
    boolean ran,
    Optional<String> type,
    String health,
    Optional<String> text,
    List<SmartRow> attributes) {
  public SmartText {
    requireNonNull(type, "type is null");
    requireNonNull(health, "health is null");
    requireNonNull(text, "text is null");
    attributes = List.copyOf(attributes);
  }
}
