package io.github.proxmoxzfs.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.FailureReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {
  private static final String CREDENTIAL = "monitor@pve!exporter";

  @ParameterizedTest
  @ValueSource(strings = {"tank", "rpool-2", "a.b_c", "tank:1"})
  void theCommandTellsWhatZpoolSays(String pool) {
    assertThat(Remedies.ofPool(FailureReason.API_ERROR, pool, CREDENTIAL))
        .containsExactly("zpool status -P " + pool + "   # on that node: what does it say?");
  }

  /// The names of pools come from outside, and the line is pasted into a shell of root.
  @ParameterizedTest
  @ValueSource(strings = {"tank;reboot", "$(reboot)", "-x", "a b", "'", "tank\nreboot", ""})
  void aNameThatMeansSomethingToAShellIsInNoCommand(String pool) {
    assertThat(Remedies.ofPool(FailureReason.API_ERROR, pool, CREDENTIAL))
        .containsExactly("zpool status -P   # on that node: what does it say?");
  }
}
