package io.github.proxmoxzfs.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A cluster as a file or the environment describes it, before secrets are read and before the
/// environment had its say.
///
/// @param place where the cluster's description begins
/// @param format in whose words to speak of what is missing
/// @param endpoints absent if none were given; empty if what was given is a mistake already
record Draft(
    Place place,
    Format format,
    Optional<Given> name,
    Optional<List<Given>> endpoints,
    DraftCredential credential,
    DraftTrust trust,
    Settings settings) {

  /// Where a secret comes from.
  enum Origin {
    LITERAL,
    FILE,
    VARIABLE,
    SYSTEMD
  }

  /// A secret, or where to find it.
  record GivenSecret(Origin origin, Given given) {}

  /// A credential as it was given: each list should hold one entry at most.
  ///
  /// @param broken a mistake was found in it already, so nothing more is to be said of what it
  ///   lacks
  record DraftCredential(
      List<GivenSecret> tokens,
      List<GivenSecret> users,
      List<GivenSecret> passwords,
      boolean broken) {
    static final DraftCredential NONE = new DraftCredential(List.of(), List.of(), List.of(), false);

    boolean isGiven() {
      return broken || !tokens.isEmpty() || !users.isEmpty() || !passwords.isEmpty();
    }
  }

  /// Trust as it was given: one of the three at most.
  ///
  /// @param insecure `insecure_skip_verify` where it is true
  record DraftTrust(
      Optional<Given> authorityFile, Optional<List<Given>> fingerprints, Optional<Given> insecure) {
    static final DraftTrust NONE =
        new DraftTrust(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// What needs nothing from outside the file.
  record Settings(
      Optional<String> serverName,
      Duration timeout,
      Optional<ZoneId> timezone,
      NodeFilter nodes,
      Requests requests,
      Set<Collector> collectors,
      Smart smart,
      Duration forgetAfter,
      Map<String, String> locations) {
    static final Settings DEFAULTS =
        new Settings(
            Optional.empty(),
            Duration.ofSeconds(30),
            Optional.empty(),
            NodeFilter.ALL,
            Requests.DEFAULTS,
            EnumSet.allOf(Collector.class),
            Smart.DEFAULTS,
            Duration.ofDays(7),
            Map.of());
  }
}
