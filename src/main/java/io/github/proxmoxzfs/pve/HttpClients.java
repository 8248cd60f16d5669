package io.github.proxmoxzfs.pve;

import java.net.http.HttpClient;
import java.time.Duration;

/// Makes the HTTP clients that requests go through: over TLS to real endpoints, or within the
/// process to a simulated cluster whose time is played.
@FunctionalInterface
public interface HttpClients {
  /// A client whose new connections, TLS included, may take so long.
  HttpClient connectingWithin(Duration limit);
}
