package io.github.proxmoxzfs.demo;

import java.io.IOException;

/// A program that the demo needs is not installed; the message says which packages to install.
public final class MissingProgramException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingProgramException(String program) {
    super(
        "no "
            + program
            + " on the PATH: install Debian's packages prometheus and prometheus-alertmanager");
  }
}
