package io.github.proxmoxzfs.pve;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which certificates of Proxmox are accepted.
public sealed interface Trust {

  /// Those that the system's authorities vouch for, and those that the cluster's own does where
  /// `/etc/pve/pve-root-ca.pem` can be read, on a node by root, or else the copy of it that the
  /// Debian package makes, `/etc/proxmox-zfs-exporter/local-pve-root-ca.pem`.
  record SystemAuthorities() implements Trust {}

  /// Those that the given authorities vouch for, and no others.
  ///
  /// @param authorities at least one; may be the very certificate of a node
  record AuthorityFile(List<X509Certificate> authorities) implements Trust {
    public AuthorityFile {
      authorities = List.copyOf(authorities);
      if (authorities.isEmpty()) {
        throw new IllegalArgumentException("no authority given");
      }
    }
  }

  /// Exactly those with the given fingerprints, whatever name they bear and however old they are: a
  /// fingerprint says more than either. Each node has its own and renews it, hence several.
  ///
  /// @param sha256 SHA-256 of the whole certificate, 64 hexadecimal digits each, in either case,
  ///   with or without colons; kept as Proxmox shows them, `AA:BB:…`
  record Fingerprints(Set<String> sha256) implements Trust {
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{2}(?::[0-9A-F]{2}){31}");

    public Fingerprints {
      Set<String> normal = new TreeSet<>();
      for (String fingerprint : sha256) {
        String digits = fingerprint.strip().replace(":", "").toUpperCase(Locale.ROOT);
        String shown = digits.replaceAll("(..)(?!$)", "$1:");
        if (!FORM.matcher(shown).matches()) {
          throw new IllegalArgumentException("no SHA-256 fingerprint: " + fingerprint);
        }
        normal.add(shown);
      }
      if (normal.isEmpty()) {
        throw new IllegalArgumentException("no fingerprint given");
      }
      sha256 = Set.copyOf(normal);
    }
  }

  /// All of them: whoever answers is believed to be Proxmox, and is sent the credential.
  record None() implements Trust {}
}
