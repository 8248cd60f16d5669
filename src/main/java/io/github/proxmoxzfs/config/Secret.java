package io.github.proxmoxzfs.config;

/// A text that must not be seen: only [#reveal()] gives it away, and that is easy to search for.
public final class Secret {
  private final String text;

  /// Hides `text`.
  public Secret(String text) {
    this.text = text;
  }

  /// The text itself, for the one request that needs it.
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "<hidden>";
  }
}
