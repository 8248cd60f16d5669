package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.proxmoxzfs.Documents;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds that our program takes the command lines that the documents show.
class DocumentedCommandsTest {
  /// The program, perhaps run by another user or with variables, and its arguments.
  private static final Pattern COMMAND =
      Pattern.compile(
          "^(?:\\$ )?(?:sudo )?(?:[A-Z_]+=\\S+ )*"
              + "(?:\\./exporter|(?:\\S*/)?proxmox-zfs-exporter)((?: [^#|<>;&]*)?)(?:[#|<>;&].*)?$");

  static List<String> commands() {
    return Stream.of("sh", "text")
        .flatMap(language -> Documents.blocks(language).stream())
        .flatMap(block -> block.content().replace("\\\n", "").lines())
        .map(COMMAND::matcher)
        .filter(command -> command.matches())
        .map(command -> command.group(1).strip())
        .distinct()
        .toList();
  }

  @Test
  void thereAreCommandsOfEachKind() {
    assertThat(commands())
        .anyMatch(command -> command.startsWith("demo"))
        .anyMatch(command -> command.startsWith("run"))
        .anyMatch(command -> command.startsWith("check"))
        .anyMatch(command -> command.startsWith("status"))
        .anyMatch(command -> command.startsWith("record"))
        .anyMatch(command -> command.startsWith("forget"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ourProgramTakesIt(String command) {
    String[] arguments =
        Arrays.stream(command.split(" +")).filter(word -> !word.isEmpty()).toArray(String[]::new);

    assertThatCode(() -> Main.commandLine().parseArgs(Main.withCommand(arguments)))
        .doesNotThrowAnyException();
  }
}
