package io.github.proxmoxzfs.pve;

import java.net.http.HttpClient;
import java.util.function.UnaryOperator;

/// The HTTP clients of a real connection, for tests of other packages that stand in between.
public final class OverTls {
  private OverTls() {}

  /// Real clients, each of which is put into something.
  public static HttpClients of(Connection connection, UnaryOperator<HttpClient> around) {
    HttpClients real = TlsClients.of(connection);
    return limit -> around.apply(real.connectingWithin(limit));
  }
}
