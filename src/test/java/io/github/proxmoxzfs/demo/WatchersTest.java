package io.github.proxmoxzfs.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchersTest {
  @TempDir private Path folder;

  @Test
  void saysWhichPackagesAreNeeded() throws Exception {
    assertThatThrownBy(() -> Watchers.requireInstalled(Map.of("PATH", folder.toString())))
        .isInstanceOf(MissingProgramException.class)
        .hasMessage(
            "no prometheus on the PATH: install Debian's packages prometheus and"
                + " prometheus-alertmanager");
    Path prometheus = Files.createFile(folder.resolve("prometheus"));
    org.assertj.core.api.Assertions.assertThat(prometheus.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Watchers.requireInstalled(Map.of("PATH", folder.toString())))
        .hasMessageStartingWith("no prometheus-alertmanager on the PATH: ");
  }
}
