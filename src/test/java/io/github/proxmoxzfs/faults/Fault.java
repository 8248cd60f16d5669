package io.github.proxmoxzfs.faults;

import java.util.List;

/// What breaks, and what is told of it.
///
/// @param description what breaks, in a few words
/// @param strike lets it happen
/// @param alone the reason that is told in each [Phase], in their order, where there is no other
///   endpoint
/// @param withAnother the same where there is another endpoint that works
record Fault(String description, Strike strike, String alone, String withAnother) {
  /// What stands for the reason where nothing is lost.
  static final String NOTHING = "-";

  /// Lets it happen.
  interface Strike {
    void at(Scene scene, Phase phase);
  }

  /// The reason that is to be told, or [#NOTHING].
  ///
  /// @param endpoints how many there are, 1 or 2
  String expected(Phase phase, int endpoints) {
    String reasons = endpoints == 1 ? alone : withAnother;
    return reasons.split(" ", -1)[List.of(Phase.values()).indexOf(phase)];
  }
}
