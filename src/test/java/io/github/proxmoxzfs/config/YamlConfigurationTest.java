package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlConfigurationTest {
  private static final String MINIMAL =
      """
      clusters:
        - endpoints: [pve1]
          token: monitor@pve!exporter=hunter2
      """;

  @TempDir private Path directory;

  private ConfigurationResult read(String text) {
    return Configurations.read(directory, "config.yml", text, Map.of());
  }

  private ClusterConfiguration cluster(String line) {
    return Configurations.onlyCluster(read(MINIMAL + "    " + line + "\n"));
  }

  @Test
  void everyKeyHasItsDefault() {
    assertThat(Configurations.valid(read(MINIMAL)))
        .isEqualTo(
            new Configuration(
                List.of(
                    new ClusterConfiguration(
                        "pve1",
                        List.of(URI.create("https://pve1:8006")),
                        new Credential.Token("monitor@pve!exporter", new Secret("hunter2")),
                        new Trust.SystemAuthorities(),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        new NodeFilter(List.of("*"), List.of()),
                        new Requests(2, 8, Duration.ofSeconds(5)),
                        EnumSet.allOf(Collector.class),
                        new Smart(Duration.ofHours(1), Smart.Rotational.IN_POOLS),
                        Duration.ofDays(7),
                        Map.of())),
                Format.YAML,
                Optional.of(directory.resolve("config.yml")),
                List.of()));
  }

  @Test
  void everyKeyIsRead() {
    var configuration =
        Configurations.valid(
            read(
                """
        clusters:
          - name: home
            endpoints: ["https://pve1.example:443/", "[2001:DB8::1]", 192.168.0.20:8007]
            user: monitor@pve
            password: 00123
            fingerprints: [FINGERPRINT]
            server_name: pve.example
            timeout: 1m30s
            timezone: Europe/Berlin
            nodes: {include: [pve*], exclude: [pve-test]}
            requests: {per_node: 1, in_flight: 64, shared_for: 0s}
            collectors: {replication: false, smart: false, pool: true}
            smart: {interval: 2h, rotational: none}
            forget_after: 2w
            locations: {1234E5: shelf 1 bay 3, WD-1: 7}
        """
                    .replace("FINGERPRINT", "ab".repeat(32))));

    assertThat(configuration.clusters())
        .containsExactly(
            new ClusterConfiguration(
                "home",
                List.of(
                    URI.create("https://pve1.example:443"),
                    URI.create("https://[2001:db8::1]:8006"),
                    URI.create("https://192.168.0.20:8007")),
                new Credential.Password("monitor@pve", new Secret("00123")),
                new Trust.Fingerprints(List.of(Configurations.FINGERPRINT)),
                Optional.of("pve.example"),
                Duration.ofSeconds(90),
                Optional.of(ZoneId.of("Europe/Berlin")),
                new NodeFilter(List.of("pve*"), List.of("pve-test")),
                new Requests(1, 64, Duration.ZERO),
                EnumSet.complementOf(EnumSet.of(Collector.REPLICATION, Collector.SMART)),
                new Smart(Duration.ofHours(2), Smart.Rotational.NONE),
                Duration.ofDays(14),
                Map.of("1234E5", "shelf 1 bay 3", "WD-1", "7")));
  }

  @Test
  void severalClustersMayShareWhatAnAnchorNames() {
    var clusters =
        Configurations.valid(
                read(
                    """
                    clusters:
                      - &home
                        name: home
                        endpoints: [pve1]
                        token: monitor@pve!exporter=hunter2
                        timeout: 20s
                      - <<: *home
                        name: away
                        endpoints: [pve9]
                    """))
            .clusters();

    assertThat(clusters).extracting(ClusterConfiguration::name).containsExactly("home", "away");
    assertThat(clusters)
        .extracting(ClusterConfiguration::timeout)
        .containsOnly(Duration.ofSeconds(20));
    assertThat(clusters.getLast().endpoints()).containsExactly(URI.create("https://pve9:8006"));
  }

  @Test
  void aTextMayBeWrittenAsANumberOrATruth() {
    assertThat(cluster("name: 1.10").name()).isEqualTo("1.10");
    assertThat(cluster("name: true").name()).isEqualTo("true");
  }

  @Test
  void secretsComeFromFilesBesideTheConfiguration() throws Exception {
    Files.writeString(directory.resolve("token"), "monitor@pve!exporter=hunter2\r\n");
    String text = "clusters: [{endpoints: [pve1], token_file: token}]";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Token("monitor@pve!exporter", new Secret("hunter2")));
  }

  @Test
  void onlyTheLastLineBreakOfASecretFileIsCutOff() throws Exception {
    Files.writeString(directory.resolve("secret"), " hunter2 \n");
    String text = "clusters: [{endpoints: [pve1], user: root@pam, password_file: secret}]";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Password("root@pam", new Secret(" hunter2 ")));
  }

  @Test
  void aUserOfATokenMayHaveAnyNameThatProxmoxAllows() {
    String text = "clusters: [{endpoints: [pve1], token: 'a!b=c@d@my.realm-1!ex_1=hunter2-0'}]";

    assertThat(Configurations.onlyCluster(read(text)).credential())
        .isEqualTo(new Credential.Token("a!b=c@d@my.realm-1!ex_1", new Secret("hunter2-0")));
  }

  @Test
  void secretsComeFromEnvironmentVariables() {
    String text = "clusters: [{endpoints: [pve1], user: root@pam, password_env: SECRET}]";
    var result = Configurations.read(directory, "config.yml", text, Map.of("SECRET", "p:ä ss@w=!"));

    assertThat(Configurations.onlyCluster(result).credential())
        .isEqualTo(new Credential.Password("root@pam", new Secret("p:ä ss@w=!")));
  }

  @Test
  void authoritiesAreReadFromTheirFile() {
    Path file = Configurations.RESOURCES.resolve("ca.pem").toAbsolutePath();

    assertThat(cluster("ca_file: " + file).trust())
        .isInstanceOfSatisfying(
            Trust.AuthorityFile.class,
            trust -> {
              assertThat(trust.file()).isEqualTo(file);
              assertThat(trust.certificates())
                  .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                  .containsExactly("CN=Test authority");
            });
  }

  @Test
  void verificationIsSkippedOnlyWhenSaidSo() {
    assertThat(cluster("insecure_skip_verify: true").trust()).isEqualTo(new Trust.None());
    assertThat(cluster("insecure_skip_verify: false").trust())
        .isEqualTo(new Trust.SystemAuthorities());
  }

  @Test
  void aServerNameMayBeAnAddress() {
    assertThat(cluster("server_name: '2001:db8::1'").serverName()).contains("2001:db8::1");
  }

  @Test
  void noExclusionIsNoMistake() {
    assertThat(cluster("nodes: {exclude: []}").nodes()).isEqualTo(NodeFilter.ALL);
  }

  @Test
  void aFlagCountsMoreThanTheFile() {
    var configuration =
        Configurations.valid(read(MINIMAL + "    collectors: {smart: false, disk: false}\n"))
            .withCollectors(Map.of(Collector.SMART, true, Collector.POOL, false));

    assertThat(configuration.clusters().getFirst().collectors())
        .containsExactlyElementsOf(
            EnumSet.complementOf(EnumSet.of(Collector.POOL, Collector.DISK)));
  }

  @Test
  void aConfigurationDoesNotShowItsSecrets() {
    String text =
        """
        clusters:
          - {name: a, endpoints: [pve1], token: "monitor@pve!exporter=hunter2"}
          - {name: b, endpoints: [pve1], user: monitor@pve, password: hunter2}
        """;

    assertThat(read(text).toString()).doesNotContain("hunter2").contains("<hidden>");
  }

  @Test
  void theLineThatAcceptsACertificateIsInTheFilesOwnWords() {
    var configuration = Configurations.valid(read(MINIMAL));
    assertThat(configuration.acceptLine(configuration.clusters().getFirst(), "AA:BB"))
        .isEqualTo("fingerprints: [\"AA:BB\"]");
  }

  @Test
  void theLineThatAcceptsACertificateSaysWhereItGoes() {
    var file = new Trust.AuthorityFile(Path.of("ca.pem"), List.of());
    assertThat(Format.YAML.acceptLine(file, "AA:BB"))
        .isEqualTo("fingerprints: [\"AA:BB\"] (in place of ca_file)");
    assertThat(Format.JSON_OF_2020.acceptLine(file, "AA:BB"))
        .isEqualTo("\"Fingerprints\": [\"AA:BB\"] (in place of \"CaFile\")");
    assertThat(Format.ENVIRONMENT.acceptLine(file, "AA:BB"))
        .isEqualTo("PVE_FINGERPRINTS=AA:BB (in place of PVE_CA_FILE)");
    assertThat(Format.YAML.acceptLine(new Trust.Fingerprints(List.of("CC:DD")), "AA:BB"))
        .isEqualTo("fingerprints: [\"AA:BB\"] (added to the fingerprints that stand there)");
  }
}
