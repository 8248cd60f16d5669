package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

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
}
