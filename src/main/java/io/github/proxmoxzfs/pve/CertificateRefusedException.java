package io.github.proxmoxzfs.pve;

import java.security.cert.CertificateException;
import java.time.Instant;

/// A server's certificate was refused. The HTTP client wraps it in exceptions of its own; what a
/// person needs is this one's message.
final class CertificateRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Instant expires;

  /// @param message which certificate, why, and what would accept it
  /// @param expires until when the certificate is valid
  CertificateRefusedException(String message, Instant expires) {
    super(message);
    this.expires = expires;
  }

  Instant expires() {
    return expires;
  }
}
