package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many requests are under way at once, and what came of them is heard of in any order.
class EndpointStatesTest {
  private static final String SERVER = "pve1.example:8006";

  private final EndpointStates states = new EndpointStates(true);

  private Optional<Boolean> up() {
    return states.of(List.of(URI.create("https://" + SERVER))).getFirst().up();
  }

  @BeforeEach
  void anEndpointThatAnswered() {
    states.answered(SERVER, Optional.empty(), 100);
    assertThat(up()).contains(true);
  }

  @Test
  void whatWasAskedBeforeItWasLostDoesNotMakeItReachable() {
    states.lost(SERVER, 300);
    states.answered(SERVER, Optional.empty(), 200);
    assertThat(up()).contains(false);
  }

  @Test
  void whatWasAskedSinceDoes() {
    states.lost(SERVER, 300);
    states.answered(SERVER, Optional.empty(), 300);
    assertThat(up()).contains(true);
  }

  @Test
  void whereOneAnswerWasBadTheOthersCount() {
    states.failed(SERVER);
    states.answered(SERVER, Optional.empty(), 200);
    assertThat(up()).contains(true);
  }
}
