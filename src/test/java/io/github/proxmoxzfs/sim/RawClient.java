package io.github.proxmoxzfs.sim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A connection to the simulator that shows each byte.
///
/// @param socket the connection
record RawClient(Socket socket) implements AutoCloseable {
  static RawClient connect(Simulator simulator) throws IOException {
    return new RawClient(
        trusting(Simulator.certificateAuthorityPem())
            .getSocketFactory()
            .createSocket("127.0.0.1", simulator.endpoint().getPort()));
  }

  static RawClient connect(Simulator simulator, String protocol) throws IOException {
    var client = connect(simulator);
    ((SSLSocket) client.socket()).setEnabledProtocols(new String[] {protocol});
    return client;
  }

  static RawClient connectPlain(URI endpoint) throws IOException {
    return new RawClient(new Socket(InetAddress.ofLiteral("127.0.0.1"), endpoint.getPort()));
  }

  static SSLContext trusting(String authorityPem) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var pem = new ByteArrayInputStream(authorityPem.getBytes(StandardCharsets.US_ASCII));
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends a request with the monitor's token.
  Optional<RawResponse> get(String path) throws IOException {
    return exchange(
        "GET /api2/json" + path + " HTTP/1.1",
        "Host: 127.0.0.1",
        "Authorization: PVEAPIToken=" + Credentials.MONITOR_TOKEN);
  }

  /// Sends a request line and headers.
  Optional<RawResponse> exchange(String... lines) throws IOException {
    return exchangeWithBody("", lines);
  }

  Optional<RawResponse> exchangeWithBody(String body, String... lines) throws IOException {
    var request = String.join("\r\n", lines) + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return RawResponse.read(socket.getInputStream());
  }

  /// Whether the server has closed.
  boolean isEnded() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
