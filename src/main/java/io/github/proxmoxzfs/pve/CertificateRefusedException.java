package io.github.proxmoxzfs.pve;

import java.security.cert.CertificateException;

/// A server's certificate was refused. The HTTP client wraps it in exceptions of its own; what a
/// person needs is this one's message.
final class CertificateRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  /// @param message which certificate, why, and what would accept it
  CertificateRefusedException(String message) {
    super(message);
  }
}
