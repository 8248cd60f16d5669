package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigurationDocumentationTest {
  private static final Path EXAMPLE = Path.of("examples/config.yml");
  private static final Path REFERENCE = Path.of("docs/configuration.md");
  private static final Pattern BLOCK = Pattern.compile("```(yaml|json)\\n(.*?)```", Pattern.DOTALL);

  static List<String> keys() {
    List<String> keys = new ArrayList<>(YamlReader.keys());
    keys.addAll(List.of("include", "exclude", "per_node", "in_flight", "shared_for"));
    keys.addAll(List.of("interval", "rotational"));
    Arrays.stream(Collector.values()).map(Collector::label).forEach(keys::add);
    return keys;
  }

  @Test
  void theExampleIsValidAndShowsDefaults() {
    var cluster = Configurations.onlyCluster(Configurations.read(EXAMPLE, Map.of()));

    assertThat(cluster.timeout()).isEqualTo(Draft.Settings.DEFAULTS.timeout());
    assertThat(cluster.requests()).isEqualTo(Requests.DEFAULTS);
    assertThat(cluster.smart()).isEqualTo(Smart.DEFAULTS);
    assertThat(cluster.forgetAfter()).isEqualTo(Draft.Settings.DEFAULTS.forgetAfter());
    assertThat(cluster.collectors()).isEqualTo(Draft.Settings.DEFAULTS.collectors());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyStandsInTheExampleAndInTheReference(String key) throws IOException {
    var entry = Pattern.compile("(?m)^[ #-]*" + key + ":");

    assertThat(Files.readString(EXAMPLE)).containsPattern(entry);
    assertThat(Files.readString(REFERENCE)).containsPattern(entry);
  }

  static Stream<MatchResult> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(REFERENCE))
        .results()
        .filter(block -> !block.group(2).contains("<"));
  }

  @Test
  void theReferenceHasExamples() throws IOException {
    assertThat(blocks().count()).isGreaterThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void everyExampleOfTheReferenceIsValid(MatchResult block, @TempDir Path directory) {
    String name = block.group(1).equals("json") ? "config.json" : "config.yml";
    String ca = Configurations.RESOURCES.resolve("ca.pem").toAbsolutePath().toString();
    String text = block.group(2).replace("/etc/proxmox-zfs-exporter/pve-root-ca.pem", ca);
    var environment = Map.of("AWAY_TOKEN", "monitor@pve!exporter=hunter2");

    var configuration =
        Configurations.valid(Configurations.read(directory, name, text, environment));
    assertThat(configuration.warnings()).isEmpty();
  }

  /// What other documents and the manifests for Kubernetes show.
  static Stream<Documents.Block> configurations() throws IOException {
    return Stream.concat(
        Stream.concat(
                Documents.blocks("yaml").stream()
                    .filter(block -> block.content().matches("(?s)(#[^\n]*\n)*clusters:.*")),
                Documents.blocks("json").stream()
                    .filter(block -> block.content().contains("\"Host\":")))
            .filter(block -> !block.document().equals(REFERENCE)),
        Stream.of(configMap()));
  }

  private static Documents.Block configMap() throws IOException {
    Path manifest = Path.of("kubernetes/configuration.yaml");
    for (Object part :
        new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(manifest))) {
      if (part instanceof Map<?, ?> map
          && map.get("data") instanceof Map<?, ?> data
          && data.get("config.yml") instanceof String configuration) {
        return new Documents.Block(manifest, "yaml", configuration);
      }
    }
    throw new AssertionError(manifest + " has no config.yml");
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationElsewhereIsValid(Documents.Block block, @TempDir Path directory)
      throws IOException {
    String name = block.language().equals("json") ? "config.json" : "config.yml";
    Path secret =
        Files.writeString(directory.resolve("token"), "monitor@pve!exporter=hunter2")
            .toAbsolutePath();
    Path authority = Configurations.RESOURCES.resolve("ca.pem").toAbsolutePath();
    String text =
        block
            .content()
            .replaceAll("(token_file|password_file): \\S+", "$1: " + secret)
            .replaceAll("ca_file: \\S+", "ca_file: " + authority)
            .replaceAll("\"CaFile\": \"[^\"]*\"", "\"CaFile\": \"" + authority + "\"");

    var configuration =
        Configurations.valid(
            Configurations.read(directory, name, text, Map.of("AWAY_TOKEN", "a@pve!b=c")));
    assertThat(configuration.warnings()).isEmpty();
  }
}
