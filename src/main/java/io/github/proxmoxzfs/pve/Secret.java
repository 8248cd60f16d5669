package io.github.proxmoxzfs.pve;

import static java.util.Objects.requireNonNull;

/// A text that must not be shown: whatever prints this shows three stars.
public final class Secret {
  private final String text;

  /// @param text the secret itself
  public Secret(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  /// The secret, for the wire only.
  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
