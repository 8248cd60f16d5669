package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;

/// A row of smartctl's table of attributes, as Proxmox passes it on.
///
/// @param id the attribute's number, with blanks before it
/// @param name its name
/// @param flags six letters or hyphens
/// @param value the normalised value
/// @param worst the least one there was
/// @param threshold the one at which the disk fails
/// @param fail `-`, `NOW` or `Past`
/// @param raw the raw value, in one of many forms
public record SmartRow(
    String id,
    String name,
    String flags,
    String value,
    String worst,
    String threshold,
    String fail,
    String raw) {
  public SmartRow {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(flags, "flags is null");
    requireNonNull(value, "value is null");
    requireNonNull(worst, "worst is null");
    requireNonNull(threshold, "threshold is null");
    requireNonNull(fail, "fail is null");
    requireNonNull(raw, "raw is null");
  }
}
