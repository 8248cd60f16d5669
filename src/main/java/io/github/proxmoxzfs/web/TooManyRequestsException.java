package io.github.proxmoxzfs.web;

/// A request that would be one too many, with the sentence that its sender is to read.
final class TooManyRequestsException extends Exception {
  private static final long serialVersionUID = 1L;

  TooManyRequestsException(String message) {
    super(message);
  }
}
