package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonOf2020Test {
  @TempDir private Path directory;

  private ConfigurationResult read(String text) {
    return Configurations.read(directory, "config.json", text, Map.of());
  }

  private List<String> warnings(String text) {
    return Configurations.valid(read(text)).warnings().stream()
        .map(warning -> warning.replace(directory + "/", ""))
        .toList();
  }

  /// The file that the article of 2020 prints.
  @Test
  void theFileOfTheArticleIsReadAsItIs() {
    var configuration =
        Configurations.valid(
            read(
                """
                {
                  "User": "sampleuser@pam",
                  "Pass": "samplepassword",
                  "Host": "192.168.0.20",
                  "Port": "8006"
                }"""));
    var cluster = configuration.clusters().getFirst();

    assertThat(configuration.format()).isEqualTo(Format.JSON_OF_2020);
    assertThat(configuration.warnings()).isEmpty();
    assertThat(cluster.name()).isEqualTo("192.168.0.20");
    assertThat(cluster.endpoints()).containsExactly(URI.create("https://192.168.0.20:8006"));
    assertThat(cluster.credential())
        .isEqualTo(new Credential.Password("sampleuser@pam", new Secret("samplepassword")));
    assertThat(cluster.trust()).isEqualTo(new Trust.SystemAuthorities());
    assertThat(configuration.acceptLine(cluster, "AA:BB"))
        .isEqualTo("\"Fingerprints\": [\"AA:BB\"]");
  }

  @Test
  void keysMatchWithoutRegardToCaseAndPortMayBeANumber() {
    var result =
        read(
            """
            {\t"USER": "a@pam", "pass": "hunter2",
            \t"hOST": "fe80::1", "port": 443, "caFile": null}""");
    var cluster = Configurations.onlyCluster(result);

    assertThat(cluster.endpoints()).containsExactly(URI.create("https://[fe80::1]:443"));
    assertThat(cluster.name()).isEqualTo("fe80--1");
  }

  @Test
  void portIs8006WhereItIsMissing() {
    assertThat(
            Configurations.onlyCluster(
                    read("{\"User\": \"a@pam\", \"Pass\": \"x\", \"Host\": \"pve\"}"))
                .endpoints())
        .containsExactly(URI.create("https://pve:8006"));
  }

  @Test
  void ofSeveralTheLastCountsButNullSaysNothing() {
    String text =
        """
        {"User": "a@pam", "Pass": "first", "Host": "pve",
         "pass": "second",
         "PASS": null}""";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Password("a@pam", new Secret("second")));
    assertThat(warnings(text))
        .containsExactly("config.json:2: Pass again: the one before it is ignored");
  }

  @Test
  void unknownKeysAreWarnedAbout() {
    String text =
        """
        {"User": "a@pam", "Pass": "x", "Host": "pve",
         "Interval": {"deep": [1]},
         "hunter2": 1}""";

    assertThat(warnings(text))
        .containsExactly(
            "config.json:2: unknown key \"Interval\" is ignored",
            "config.json:3: unknown key is ignored");
  }

  @Test
  void escapesOfJsonAreUnderstood() {
    String text = "{\"User\":\"a@pam\",\"Pass\":\"\\ud83d\\ude00\\/\\u00e4\",\"Host\":\"pve\"}";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Password("a@pam", new Secret("😀/ä")));
  }

  @Test
  void trustIsAddedToTheFormat() {
    String text = "{\"User\": \"a@pam\", \"Pass\": \"x\", \"Host\": \"pve\", %s}";

    assertThat(
            Configurations.onlyCluster(read(text.formatted("\"InsecureSkipVerify\": true")))
                .trust())
        .isEqualTo(new Trust.None());
    assertThat(
            Configurations.onlyCluster(
                    read(
                        text.formatted(
                            "\"Fingerprints\": [\"" + Configurations.FINGERPRINT + "\"]")))
                .trust())
        .isEqualTo(new Trust.Fingerprints(List.of(Configurations.FINGERPRINT)));
    assertThat(
            Configurations.onlyCluster(
                    read(
                        text.formatted(
                            "\"CaFile\": \""
                                + Configurations.RESOURCES.resolve("ca.pem").toAbsolutePath()
                                + "\"")))
                .trust())
        .isInstanceOf(Trust.AuthorityFile.class);
  }

  @Test
  void aJsonFileMayHoldTheConfigurationOfToday() {
    var configuration =
        Configurations.valid(
            read("{\"clusters\": [{\"endpoints\": [\"pve1\"], \"token\": \"a@pve!b-1=c\"}]}"));

    assertThat(configuration.format()).isEqualTo(Format.YAML);
  }
}
