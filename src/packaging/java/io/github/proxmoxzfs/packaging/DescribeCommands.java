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
    // A jar names its version, and there is none yet.
    version(commands, args[1]);
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

  private static void version(CommandLine command, String version) {
    command
        .getCommandSpec()
        .versionProvider(null)
        .version(command.getCommandName() + " " + version);
    command.getSubcommands().values().forEach(subcommand -> version(subcommand, version));
  }
}
