package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdCredentialTest {
  @TempDir private Path directory;

  private ConfigurationResult read(String text) {
    return Configurations.read(
        directory, "config.yml", text, Map.of("CREDENTIALS_DIRECTORY", directory.toString()));
  }

  private void store(String name, String secret) throws IOException {
    Files.writeString(directory.resolve(name), secret);
  }

  @Test
  void theOnlyClusterUsesTheCredentialToken() throws IOException {
    store("token", "monitor@pve!exporter=hunter2\n");

    assertThat(Configurations.onlyCluster(read("clusters: [{endpoints: [pve1]}]")).credential())
        .isEqualTo(new Credential.Token("monitor@pve!exporter", new Secret("hunter2")));
  }

  @Test
  void aUserWithoutPasswordUsesTheCredentialPassword() throws IOException {
    store("token", "monitor@pve!exporter=hunter2\n");
    store("password", "hunter3\n");

    assertThat(
            Configurations.onlyCluster(read("clusters: [{endpoints: [pve1], user: monitor@pve}]"))
                .credential())
        .isEqualTo(new Credential.Password("monitor@pve", new Secret("hunter3")));
  }

  @Test
  void ofSeveralClustersEachHasItsOwn() throws IOException {
    store("home.token", "monitor@pve!exporter=hunter2\n");
    store("away.password", "hunter3\n");
    String text =
        """
        clusters:
          - {name: home, endpoints: [pve1]}
          - {name: away, endpoints: [pve9], user: monitor@pve}
        """;

    assertThat(Configurations.valid(read(text)).clusters())
        .extracting(ClusterConfiguration::credential)
        .containsExactly(
            new Credential.Token("monitor@pve!exporter", new Secret("hunter2")),
            new Credential.Password("monitor@pve", new Secret("hunter3")));
  }

  @Test
  void aSecretThatIsNamedCountsMore() throws IOException {
    store("token", "monitor@pve!exporter=hunter2\n");
    String text = "clusters: [{endpoints: [pve1], token: named@pve!exporter=hunter3}]";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Token("named@pve!exporter", new Secret("hunter3")));
  }

  @Test
  void aBadCredentialIsNamedByItsFile() throws IOException {
    store("home.token", "hunter2\n");
    store("away.token", "\n");
    String text =
        """
        clusters:
          - {name: home, endpoints: [pve1]}
          - {name: away, endpoints: [pve9]}
          - {name: third, endpoints: [pve9]}
        """;

    assertThat(Configurations.mistakes(read(text), directory))
        .containsExactly(
            "config.yml:4: no credential: give token, token_file or token_env, or user and"
                + " password, or the systemd credential third.token",
            "home.token: credential: lacks the token's name after a !: it has the form"
                + " user@realm!name=SECRET",
            "away.token: credential: what it names is blank");
  }
}
