package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class StateOptionsTest {
  private static StateOptions parsed(String... arguments) {
    return CommandLine.populateCommand(new StateOptions(), arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/a,              /var/lib/a",
    "/var/lib/a:/var/lib/b,   /var/lib/a",
    ":/var/lib/b,             /var/lib/b"
  })
  void systemdsFirstDirectoryIsTaken(String value, Path expected) {
    assertThat(parsed().directory(Map.of("STATE_DIRECTORY", value))).hasValue(expected);
  }

  @Test
  void theOptionCountsMore() {
    assertThat(parsed("--state.directory=/srv/state").directory(Map.of("STATE_DIRECTORY", "/a")))
        .hasValue(Path.of("/srv/state"));
  }

  @Test
  void withoutEitherThereIsNoneAndItIsLogged() {
    try (var log = new LoggedLines(StateOptions.class)) {
      assertThat(parsed().directory(Map.of())).isEmpty();
      assertThat(parsed().directory(Map.of("STATE_DIRECTORY", ""))).isEmpty();
      assertThat(log.lines())
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).startsWith("INFO ").contains("--state.directory"));
    }
  }
}
