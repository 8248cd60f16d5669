package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @Test
  void noTextShowsASecret() {
    var token = new Credential.Token("monitor@pve!exporter", new Secret("5ec2e7"));
    var password = new Credential.Password("monitor@pve", new Secret("5ec2e7"));
    assertThat(new Secret("5ec2e7")).hasToString("***");
    for (Object shown :
        List.of(
            token,
            password,
            Authorization.ofToken(token),
            Authorization.ofTicket("PVE:5ec2e7", new Secret("5ec2e7")),
            new Session.OfToken(Authorization.ofToken(token)),
            SimulatedCluster.connection(
                password,
                new Trust.None(),
                Optional.empty(),
                List.of(URI.create("https://pve1"))))) {
      assertThat(shown.toString()).doesNotContain("5ec2e7");
    }
    assertThat(token).hasToString("Token[id=monitor@pve!exporter, secret=***]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a b", "ü"})
  void aTokenThatNoHeaderCanHoldIsRefusedWithoutBeingShown(String secret) {
    assertThatThrownBy(() -> new Credential.Token("monitor@pve!exporter", new Secret(secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the token's secret holds a character that no header may hold");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://pve1:8006", "https:pve1", "https:///x", "https://user:pw@pve1:8006"})
  void anEndpointThatIsNoneIsRefusedWithoutBeingShown(String endpoint) {
    assertThatThrownBy(
            () ->
                SimulatedCluster.connection(
                    SimulatedCluster.TOKEN,
                    new Trust.None(),
                    Optional.empty(),
                    List.of(URI.create(endpoint))))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("pw");
  }

  @Test
  void textsOfServersAreOneLineWithoutControlCharactersAndShort() {
    assertThat(ServerText.shown("  a\r\n\u001b[31mb\u202e\u0000c\u2028d  \n"))
        .isEqualTo("a [31mb c d");
    assertThat(ServerText.shown("x".repeat(10_000_000))).isEqualTo("x".repeat(200) + "…");
    assertThat(ServerText.shown("😀".repeat(4), 5, Mask.NONE)).isEqualTo("😀😀…");
  }
}
