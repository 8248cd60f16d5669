package io.github.proxmoxzfs.web;

/// A request that cannot be answered, with the sentence that its sender is to read.
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRequestException(String message) {
    super(message);
  }
}
