package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.pve.Connection;
import io.github.proxmoxzfs.pve.Credential;
import io.github.proxmoxzfs.pve.Secret;
import io.github.proxmoxzfs.pve.Trust;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Makes of what is configured what the client of Proxmox needs.
final class Connections {
  private Connections() {}

  /// @param acceptLine makes of a certificate's fingerprint the line that would accept it
  static Connection of(ClusterConfiguration cluster, UnaryOperator<String> acceptLine) {
    return new Connection(
        cluster.name(),
        cluster.endpoints(),
        credential(cluster),
        trust(cluster),
        cluster.serverName(),
        cluster.requests().perNode(),
        cluster.requests().inFlight(),
        acceptLine);
  }

  private static Credential credential(ClusterConfiguration cluster) {
    return switch (cluster.credential()) {
      case io.github.proxmoxzfs.config.Credential.Token(var id, var secret) ->
          new Credential.Token(id, new Secret(secret.reveal()));
      case io.github.proxmoxzfs.config.Credential.Password(var user, var secret) ->
          new Credential.Password(user, new Secret(secret.reveal()));
    };
  }

  private static Trust trust(ClusterConfiguration cluster) {
    return switch (cluster.trust()) {
      case io.github.proxmoxzfs.config.Trust.SystemAuthorities() -> new Trust.SystemAuthorities();
      case io.github.proxmoxzfs.config.Trust.AuthorityFile(_, var certificates) ->
          new Trust.AuthorityFile(certificates);
      case io.github.proxmoxzfs.config.Trust.Fingerprints(var fingerprints) ->
          new Trust.Fingerprints(Set.copyOf(fingerprints));
      case io.github.proxmoxzfs.config.Trust.None() -> new Trust.None();
    };
  }
}
