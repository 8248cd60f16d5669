package io.github.proxmoxzfs.faults;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a scrape asks for, in its order, and what of it a fault befalls: the whole cluster's
/// questions, or those of one node and one of its pools.
enum Phase {
  LOGIN("/access/ticket"),
  NODES("/nodes"),
  LIST("/nodes/pve2/disks/zfs"),
  DETAIL("/nodes/pve2/disks/zfs/media"),
  TIME("/nodes/pve2/time");

  private final String path;

  Phase(String path) {
    this.path = path;
  }

  /// What is asked for, below `/api2/json`.
  String path() {
    return path;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The paths whose answers do not wait for this one's: the fault strikes once they are there, so
  /// that it befalls this phase alone.
  ///
  /// @param all the paths of a whole scrape
  Set<String> before(Set<String> all) {
    Predicate<String> later =
        switch (this) {
          case LOGIN -> _ -> true;
          case NODES -> other -> !other.equals(LOGIN.path);
          case LIST -> other -> other.startsWith(path);
          case DETAIL, TIME -> other -> other.equals(path);
        };
    return all.stream().filter(later.negate()).collect(Collectors.toSet());
  }
}
