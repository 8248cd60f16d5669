package io.github.proxmoxzfs.packaging;

import io.github.proxmoxzfs.app.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/// Writes what describes the commands to those who use them: manual pages as AsciiDoc, of which
/// Asciidoctor makes the pages, and the completion for bash.
final class DescribeCommands {
  private DescribeCommands() {}

  /// Writes them.
  ///
  /// @param args the folder to write to; the program's version
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    CommandLine commands = Main.commandLine();
    describe(commands, commands.getCommandName() + " " + args[1]);
    seeAlso(commands);
    File pages = Files.createDirectories(folder.resolve("asciidoc")).toFile();
    int code =
        ManPageGenerator.generateManPage(
            pages, null, new boolean[0], false, commands.getCommandSpec());
    if (code != 0) {
      throw new IOException("no manual pages: " + code);
    }
    String name = commands.getCommandName();
    Files.writeString(folder.resolve(name + ".bash"), AutoComplete.bash(name, commands));
  }

  /// @param version what no class can tell that is in no jar yet
  private static void describe(CommandLine command, String version) {
    // Without line breaks in the synopsis, which would go through the names of options.
    command.setUsageHelpWidth(10_000);
    command.getCommandSpec().versionProvider(null).version(version);
    command.getSubcommands().values().forEach(subcommand -> describe(subcommand, version));
  }

  private static void seeAlso(CommandLine commands) {
    commands
        .getCommandSpec()
        .usageMessage()
        .footerHeading("Files%n")
        .footer(
            "*/etc/proxmox-zfs-exporter/config.yml*::",
            "  The configuration. As long as it holds comments only, *config.json* beside it counts.",
            "",
            "*/etc/default/proxmox-zfs-exporter*::",
            "  Options of the service.",
            "",
            "*/var/lib/proxmox-zfs-exporter*::",
            "  What the service remembers.",
            "",
            "*/usr/share/doc/proxmox-zfs-exporter/examples*::",
            "  A configuration with all keys, alerting rules and dashboards.");
  }
}
