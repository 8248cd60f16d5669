package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.terminal.CheckLine;
import io.github.proxmoxzfs.terminal.CheckScreen;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `check`: why something cannot be read, and what mends it.
@Command(
    name = "check",
    description = {
      "Walk from the configuration to each source, and say what mends what is wrong.",
      "The exit code is 0 if all is well, 1 if something could be better, 2 if something cannot be"
          + " read."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private ClusterOptions clusters;

  @Option(names = "--json", description = "As a line of JSON, whose form docs/check.md describes.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colours: one of ${COMPLETION-CANDIDATES}. auto: on a terminal, unless NO_COLOR is set."
              + " Default: ${DEFAULT-VALUE}")
  private Terminal.ColorWhen color;

  @Override
  public Integer call() {
    return switch (clusters.open()) {
      case ClusterOptions.Opened.Wrong(var mistakes) -> print(Doctor.of(mistakes));
      case ClusterOptions.Opened.Chosen chosen -> {
        try (chosen) {
          yield print(
              Doctor.of(
                  chosen.configuration(), clusters.guards(chosen).endedWithProcess(Duration.ZERO)));
        }
      }
    };
  }

  private int print(List<CheckLine> findings) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(CheckScreen.json(findings));
    } else {
      CheckScreen.of(findings, Terminal.current().appearance(color)).forEach(out::println);
    }
    out.flush();
    return CheckScreen.worst(findings).exitCode();
  }
}
