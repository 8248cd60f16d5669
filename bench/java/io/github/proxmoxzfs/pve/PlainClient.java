package io.github.proxmoxzfs.pve;

import java.net.http.HttpClient;
import java.time.Duration;

/// Lets benchmarks ask through the very HTTP client that [ProxmoxClient] asks through, with nothing
/// of ours around it.
public final class PlainClient {
  private static final Duration CONNECT = Duration.ofSeconds(60);

  private PlainClient() {}

  /// An HTTP client that trusts the servers of a connection.
  public static HttpClient of(Connection connection) {
    return TlsClients.of(connection).connectingWithin(CONNECT);
  }
}
