package io.github.proxmoxzfs.config;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// Which certificates of a cluster's endpoints are accepted.
public sealed interface Trust {

  /// Nothing was configured: the system's authorities and, where it can be read,
  /// `/etc/pve/pve-root-ca.pem` or the copy of it that the Debian package makes.
  record SystemAuthorities() implements Trust {}

  /// Only these authorities.
  ///
  /// @param file where they were read from
  /// @param certificates at least one
  record AuthorityFile(Path file, List<X509Certificate> certificates) implements Trust {
    public AuthorityFile {
      certificates = List.copyOf(certificates);
    }

    /// The file alone: certificates are long.
    @Override
    public String toString() {
      return "AuthorityFile[file=" + file + ", certificates=" + certificates.size() + "]";
    }
  }

  /// Only these certificates, whoever signed them and whatever names they hold.
  ///
  /// @param sha256 the SHA-256 of each certificate's DER form as Proxmox shows it: 32 bytes in
  ///   upper-case hexadecimal, joined by colons
  record Fingerprints(List<String> sha256) implements Trust {
    public Fingerprints {
      sha256 = List.copyOf(sha256);
    }
  }

  /// Any certificate: `insecure_skip_verify`.
  record None() implements Trust {}
}
