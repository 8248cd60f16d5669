package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.pve.TlsPreparation;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program's entry.
@Command(
    name = "proxmox-zfs-exporter",
    description = {
      "Prometheus exporter for ZFS on Proxmox VE.",
      "Options without a command mean @|bold run|@, whose options '${ROOT-COMMAND-NAME} run --help' lists."
    },
    synopsisSubcommandLabel = "[run|status|check|record|forget|demo]",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  /// What makes each command, by its name and in the order of the help: to read the options of all
  /// takes longer than to read the configuration.
  private static final Map<String, Supplier<CommandLine>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", Main::runCommand);
    COMMANDS.put("status", () -> new CommandLine(new StatusCommand()));
    COMMANDS.put("check", () -> new CommandLine(new CheckCommand()));
    COMMANDS.put("record", () -> new CommandLine(new RecordCommand()));
    COMMANDS.put("demo", Main::demoCommand);
    COMMANDS.put("forget", () -> new CommandLine(new ForgetCommand()));
  }

  private Main() {}

  /// Runs the command that the arguments name.
  public static void main(String[] arguments) {
    String[] withCommand = withCommand(arguments);
    if (withCommand[0].equals("run")) {
      TlsPreparation.begin();
    }
    System.exit(commandLineFor(withCommand[0]).execute(withCommand));
  }

  /// The commands with their options, as the program runs them and its manual pages describe them.
  public static CommandLine commandLine() {
    return commandLine(COMMANDS.values());
  }

  /// With the one command that is meant, and with all where none is.
  static CommandLine commandLineFor(String command) {
    return Optional.ofNullable(COMMANDS.get(command))
        .map(meant -> commandLine(List.of(meant)))
        .orElseGet(Main::commandLine);
  }

  private static CommandLine commandLine(Collection<Supplier<CommandLine>> commands) {
    var commandLine = new CommandLine(new Main());
    commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    commands.forEach(command -> commandLine.addSubcommand(command.get()));
    commandLine.setParameterExceptionHandler(Main::refuse);
    return commandLine.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static CommandLine runCommand() {
    var run = new CommandLine(new RunCommand());
    CollectorOptions.addTo(run.getCommandSpec());
    return run;
  }

  private static CommandLine demoCommand() {
    var demo = new CommandLine(new DemoCommand());
    demo.getCommandSpec().usageMessage().footer(SimulatedCluster.scenarios());
    return demo;
  }

  /// A wrong option is told in a line; the whole help would bury it.
  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// The arguments with `run` before them where they begin with an option, or there are none.
  static String[] withCommand(String... arguments) {
    boolean meansRun =
        arguments.length == 0
            || (arguments[0].startsWith("-")
                && !Arrays.asList("-h", "--help", "-V", "--version").contains(arguments[0]));
    return meansRun
        ? Stream.concat(Stream.of("run"), Arrays.stream(arguments)).toArray(String[]::new)
        : arguments;
  }

  /// Never happens: there is always a command.
  @Override
  public void run() {
    throw new IllegalStateException("no command");
  }
}
