package io.github.proxmoxzfs.app;

import picocli.CommandLine.Option;

/// Whether a command that looks at a cluster asks its disks for SMART.
final class SmartOption {
  @Option(
      names = "--no-smart",
      description =
          "Do not ask the disks for SMART: it wakes those that sleep, and takes up to ten seconds"
              + " each.")
  private boolean without;

  boolean isOn() {
    return !without;
  }
}
