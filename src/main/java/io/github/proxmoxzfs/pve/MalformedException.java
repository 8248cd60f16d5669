package io.github.proxmoxzfs.pve;

/// An answer could not be understood. It never leaves the package: it becomes a failed reading of
/// the one call that it concerns.
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message what was wrong, for a person
  MalformedException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
