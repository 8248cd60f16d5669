package io.github.proxmoxzfs.pve;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// How to reach a cluster, and as whom.
///
/// @param cluster the cluster's name, for log lines
/// @param endpoints the nodes to ask, the preferred one first; `https` and an authority, no path
/// @param credential what Proxmox knows us by
/// @param trust which certificates are accepted
/// @param serverName the name that the certificate must bear instead of the endpoint's; concerns
///   trust by authorities only
/// @param perNode how many requests may be in service on a node at a time, 1 or 2: a node has three
///   API workers for everybody
/// @param inFlight how many requests may be under way in all
/// @param acceptLine makes of a certificate's SHA-256 fingerprint the line of configuration that
///   would accept it
public record Connection(
    String cluster,
    List<URI> endpoints,
    Credential credential,
    Trust trust,
    Optional<String> serverName,
    int perNode,
    int inFlight,
    UnaryOperator<String> acceptLine) {
  public Connection {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(credential, "credential is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(serverName, "serverName is null");
    requireNonNull(acceptLine, "acceptLine is null");
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no endpoint given");
    }
    for (URI endpoint : endpoints) {
      if (!"https".equalsIgnoreCase(endpoint.getScheme()) || endpoint.getHost() == null) {
        throw new IllegalArgumentException("an endpoint must be https://HOST:PORT");
      }
      if (endpoint.getRawUserInfo() != null) {
        throw new IllegalArgumentException("an endpoint must not hold a credential");
      }
    }
    if (perNode < 1 || perNode > 2) {
      throw new IllegalArgumentException("perNode must be 1 or 2");
    }
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight must be at least 1");
    }
  }
}
