package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  private static final String ONE =
      """
      clusters:
        - name: home
          endpoints: [pve1]
          token: file@pve!exporter=hunter2
          ca_file: %s
      """
          .formatted(Configurations.RESOURCES.resolve("ca.pem").toAbsolutePath());

  @TempDir private Path directory;

  private ConfigurationResult withoutFile(Map<String, String> environment) {
    return new ConfigurationReader(directory).read(Optional.empty(), environment);
  }

  private ConfigurationResult withFile(Map<String, String> environment) {
    return Configurations.read(directory, "config.yml", ONE, environment);
  }

  @Test
  void variablesSufficeForOneCluster() {
    var configuration =
        Configurations.valid(
            withoutFile(
                Map.of(
                    "PVE_ENDPOINTS", "https://pve1:8006, pve2 [::1]",
                    "PVE_TOKEN", "monitor@pve!exporter=hunter2",
                    "PVE_FINGERPRINTS", Configurations.FINGERPRINT)));
    var cluster = configuration.clusters().getFirst();

    assertThat(configuration.format()).isEqualTo(Format.ENVIRONMENT);
    assertThat(configuration.file()).isEmpty();
    assertThat(configuration.acceptLine(cluster, "AA:BB"))
        .isEqualTo("PVE_FINGERPRINTS=AA:BB (added to the fingerprints that stand there)");
    assertThat(cluster.name()).isEqualTo("pve1");
    assertThat(cluster.endpoints())
        .containsExactly(
            URI.create("https://pve1:8006"),
            URI.create("https://pve2:8006"),
            URI.create("https://[::1]:8006"));
    assertThat(cluster.credential())
        .isEqualTo(new Credential.Token("monitor@pve!exporter", new Secret("hunter2")));
    assertThat(cluster.trust())
        .isEqualTo(new Trust.Fingerprints(List.of(Configurations.FINGERPRINT)));
  }

  @Test
  void secretsComeFromFilesThatVariablesName() throws Exception {
    Path user = Files.writeString(directory.resolve("user"), "monitor@pve\n");
    Path password = Files.writeString(directory.resolve("password"), "hunter2\n");

    assertThat(
            Configurations.onlyCluster(
                    withoutFile(
                        Map.of(
                            "PVE_ENDPOINTS", "pve1",
                            "PVE_USER_FILE", user.toString(),
                            "PVE_PASSWORD_FILE", password.toString())))
                .credential())
        .isEqualTo(new Credential.Password("monitor@pve", new Secret("hunter2")));
  }

  @Test
  void variablesCountMoreThanTheFile() {
    var cluster =
        Configurations.onlyCluster(
            withFile(
                Map.of(
                    "PVE_ENDPOINTS", "pve2",
                    "PVE_USER", "monitor@pve",
                    "PVE_PASSWORD", "hunter3",
                    "PVE_INSECURE_SKIP_VERIFY", "true")));

    assertThat(cluster.name()).isEqualTo("home");
    assertThat(cluster.endpoints()).containsExactly(URI.create("https://pve2:8006"));
    assertThat(cluster.credential())
        .isEqualTo(new Credential.Password("monitor@pve", new Secret("hunter3")));
    assertThat(cluster.trust()).isEqualTo(new Trust.None());
  }

  @Test
  void whatNoVariableSaysIsTakenFromTheFile() {
    var cluster = Configurations.onlyCluster(withFile(Map.of("PVE_ENDPOINTS", "pve2")));

    assertThat(cluster.credential())
        .isEqualTo(new Credential.Token("file@pve!exporter", new Secret("hunter2")));
    assertThat(cluster.trust()).isInstanceOf(Trust.AuthorityFile.class);
  }

  @Test
  void aVariableMaySupplyThePasswordAlone() {
    var result =
        Configurations.read(
            directory,
            "config.json",
            "{\"User\": \"root@pam\", \"Host\": \"pve\"}",
            Map.of("PVE_PASSWORD", "hunter2"));

    assertThat(Configurations.onlyCluster(result).credential())
        .isEqualTo(new Credential.Password("root@pam", new Secret("hunter2")));
  }

  @Test
  void verificationThatAVariableDoesNotSkipIsNotSkipped() {
    String insecure = ONE.replaceAll("ca_file: .*", "insecure_skip_verify: true");
    var environment = Map.of("PVE_INSECURE_SKIP_VERIFY", "false");

    assertThat(
            Configurations.onlyCluster(
                    Configurations.read(directory, "config.yml", insecure, environment))
                .trust())
        .isEqualTo(new Trust.SystemAuthorities());
    assertThat(Configurations.onlyCluster(withFile(environment)).trust())
        .isInstanceOf(Trust.AuthorityFile.class);
  }

  @Test
  void blankVariablesCountAsNotSet() {
    assertThat(Configurations.onlyCluster(withFile(Map.of("PVE_ENDPOINTS", " "))).endpoints())
        .containsExactly(URI.create("https://pve1:8006"));
  }

  @Test
  void allMistakesOfTheEnvironmentAreNamed() {
    assertThat(
            Configurations.mistakes(
                withoutFile(
                    Map.of(
                        "PVE_ENDPOINTS", "http://pve1 pve2",
                        "PVE_TOKEN", "monitor@pve!exporter:hunter2",
                        "PVE_PASWORD", "hunter2",
                        "PVE_CA_FILE", "hunter2",
                        "PVE_INSECURE_SKIP_VERIFY", "maybe")),
                directory))
        .containsExactly(
            "environment: PVE_PASWORD: unknown variable; is PVE_PASSWORD meant?",
            "environment: PVE_INSECURE_SKIP_VERIFY: must be true or false",
            "environment: PVE_ENDPOINTS, entry 1: http is refused, as it would show the credential:"
                + " use https",
            "environment: PVE_TOKEN: needs = before the secret, not a colon: it has the form"
                + " user@realm!name=SECRET",
            "environment: PVE_CA_FILE: the file cannot be read: no such file");
  }

  @Test
  void whatIsMissingIsNamedAsAVariable() {
    assertThat(Configurations.mistakes(withoutFile(Map.of("PVE_USER", "root@pam")), directory))
        .containsExactly(
            "environment: PVE_ENDPOINTS: is missing",
            "environment: PVE_USER: is given, but no password: give PVE_PASSWORD or"
                + " PVE_PASSWORD_FILE, or the systemd credential password");
  }

  @Test
  void aTokenAndAPasswordExcludeEachOther() {
    assertThat(
            Configurations.mistakes(
                withFile(Map.of("PVE_TOKEN", "a@pve!bc=hunter2", "PVE_USER", "root@pam")),
                directory))
        .containsExactly(
            "environment: PVE_USER: excludes PVE_TOKEN: give a token, or a user and a password");
  }

  @Test
  void variablesAndSeveralClustersDoNotGoTogether() {
    String two = ONE + ONE.replace("clusters:\n", "").replace("home", "away");
    var environment = Map.of("PVE_ENDPOINTS", "pve2", "PVE_TOKEN", "a@pve!bc=hunter2");

    assertThat(
            Configurations.mistakes(
                Configurations.read(directory, "config.yml", two, environment), directory))
        .containsExactly(
            "environment: PVE_ENDPOINTS describes one cluster, but the file has 2",
            "environment: PVE_TOKEN describes one cluster, but the file has 2");
  }

  @Test
  void variablesOfOthersAreLeftAlone() {
    var environment = Map.of("PVE_VERIFY_SSL", "false", "PVE_TOKEN_NAME", "x", "PATH", "/bin");

    assertThat(Configurations.valid(withFile(environment)).warnings()).isEmpty();
  }
}
