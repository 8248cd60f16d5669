package io.github.proxmoxzfs.web;

import java.util.List;

/// A web configuration that is refused.
public final class WebConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  WebConfigurationException(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }

  /// All that is wrong, a sentence each.
  public List<String> mistakes() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
