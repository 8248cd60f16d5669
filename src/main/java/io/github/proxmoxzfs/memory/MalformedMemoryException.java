package io.github.proxmoxzfs.memory;

/// A file of ours does not hold what we write.
final class MalformedMemoryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /// @param reason what is wrong with it
  MalformedMemoryException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /// What is wrong with the file.
  String reason() {
    return reason;
  }
}
