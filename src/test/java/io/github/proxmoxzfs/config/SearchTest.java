package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final String YAML = "clusters: [{endpoints: [pve1], token: a@pve!bc=hunter2}]\n";
  private static final String JSON =
      "{\"User\": \"a@pam\", \"Pass\": \"hunter2\", \"Host\": \"pve2\"}";

  @TempDir private Path directory;

  private ConfigurationResult search() {
    return new ConfigurationReader(directory).read(Optional.empty(), Map.of());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void configYmlIsReadFirst() throws IOException {
    write("config.yml", YAML);
    write("config.json", JSON);
    var configuration = Configurations.valid(search());

    assertThat(configuration.format()).isEqualTo(Format.YAML);
    assertThat(configuration.warnings())
        .containsExactly(directory + "/config.yml: is read; config.json beside it is not");
  }

  @Test
  void configJsonIsReadWhereThereIsNoConfigYml() throws IOException {
    write("config.json", JSON);
    var configuration = Configurations.valid(search());

    assertThat(configuration.format()).isEqualTo(Format.JSON_OF_2020);
    assertThat(configuration.file()).contains(directory.resolve("config.json"));
  }

  @Test
  void aConfigYmlOfCommentsCountsAsAbsent() throws IOException {
    write("config.yml", "# clusters:\n---\n");
    write("config.json", JSON);

    assertThat(Configurations.valid(search()).format()).isEqualTo(Format.JSON_OF_2020);
  }

  @Test
  void aConfigYmlThatCannotBeReadIsNotPassedOver() throws IOException {
    Files.createDirectory(directory.resolve("config.yml"));
    write("config.json", JSON);

    assertThat(Configurations.mistakes(search(), directory))
        .containsExactly("config.yml: cannot be read: is a directory");
  }

  @Test
  void aConfigYmlThatIsALinkToNothingIsNotPassedOver() throws IOException {
    Files.createSymbolicLink(directory.resolve("config.yml"), Path.of("nowhere"));
    write("config.json", JSON);

    assertThat(Configurations.mistakes(search(), directory))
        .containsExactly("config.yml: cannot be read: no such file");
  }

  @Test
  void withNothingToReadItIsSaidWhatWasLookedFor() {
    assertThat(Configurations.mistakes(search(), directory))
        .containsExactly(
            "config.yml: there is no configuration: no such file, nor config.json beside it; nor is"
                + " PVE_ENDPOINTS set in the environment");
  }

  @Test
  void aConfigYmlOfCommentsLeavesRoomForTheEnvironment() throws IOException {
    write("config.yml", "# nothing\n");
    var environment = Map.of("PVE_ENDPOINTS", "pve1", "PVE_TOKEN", "a@pve!bc=hunter2");
    var result = new ConfigurationReader(directory).read(Optional.empty(), environment);

    assertThat(Configurations.valid(result).format()).isEqualTo(Format.ENVIRONMENT);
  }
}
