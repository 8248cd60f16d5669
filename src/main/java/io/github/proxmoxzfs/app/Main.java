package io.github.proxmoxzfs.app;

/// The program's entry.
public final class Main {
  private Main() {}

  /// Runs the command that the arguments name.
  public static void main(String[] arguments) {
    System.exit(0);
  }
}
