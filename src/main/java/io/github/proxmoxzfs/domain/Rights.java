package io.github.proxmoxzfs.domain;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How a credential's privileges compare with those that it needs.
///
/// @param missing what it needs and has not
/// @param excess the privileges that allow more than to look at things, by name
public record Rights(List<RequiredPrivilege> missing, Set<String> excess) {
  public Rights {
    missing = List.copyOf(missing);
    excess = Collections.unmodifiableSet(new TreeSet<>(excess));
  }

  /// Compares what a credential may with what the sources need that are asked.
  public static Rights of(Permissions permissions, Set<Source> asked) {
    return new Rights(
        RequiredPrivilege.of(asked).stream()
            .filter(required -> !permissions.allow(required))
            .toList(),
        permissions.excess());
  }

  /// Whether nothing is missing that a source needs.
  public boolean suffice(Source source) {
    return missing.stream().noneMatch(RequiredPrivilege.of(source)::contains);
  }
}
