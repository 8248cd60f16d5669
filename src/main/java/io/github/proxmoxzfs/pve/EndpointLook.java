package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Looks at an endpoint step by step, without a credential: its name, its port, its certificate.
/// Whether the certificate is to be trusted is not judged here.
public final class EndpointLook {
  private static final int HTTPS = 443;

  private EndpointLook() {}

  /// What a step came to.
  ///
  /// @param <T> what was found
  public sealed interface Found<T> {
    /// It was found.
    record This<T>(T value) implements Found<T> {}

    /// It was not, for this reason.
    record Nothing<T>(String why) implements Found<T> {}
  }

  /// A certificate that was presented.
  ///
  /// @param fingerprint SHA-256, `AA:BB:…`
  /// @param subject whom it names
  /// @param issuer who signed it
  /// @param names the host names and addresses that it is valid for
  /// @param expires until when it is valid
  public record Certificate(
      String fingerprint, String subject, String issuer, String names, Instant expires) {}

  /// The addresses of the endpoint's name.
  public static Found<List<String>> addresses(URI endpoint, Deadline deadline) {
    return within(
        deadline,
        "its name was not resolved in time",
        () ->
            new Found.This<>(
                Arrays.stream(InetAddress.getAllByName(host(endpoint)))
                    .map(InetAddress::getHostAddress)
                    .toList()));
  }

  /// Whether its port can be connected to; the address that was.
  public static Found<String> connection(URI endpoint, Deadline deadline) {
    return within(
        deadline,
        "no connection was made in time: packets may be dropped on the way",
        () -> {
          try (var socket = new Socket()) {
            socket.connect(address(endpoint), millis(deadline));
            return new Found.This<>(socket.getInetAddress().getHostAddress());
          }
        });
  }

  /// The certificate that it presents, whoever it is.
  public static Found<Certificate> certificate(URI endpoint, Deadline deadline) {
    return within(
        deadline,
        "no TLS handshake was made in time",
        () -> {
          var context = SSLContext.getInstance("TLS");
          context.init(null, new TrustManager[] {new Anybody()}, null);
          try (var plain = new Socket()) {
            plain.connect(address(endpoint), millis(deadline));
            plain.setSoTimeout(millis(deadline));
            try (var tls =
                (SSLSocket)
                    context
                        .getSocketFactory()
                        .createSocket(plain, host(endpoint), port(endpoint), true)) {
              tls.startHandshake();
              return new Found.This<>(
                  shown((X509Certificate) tls.getSession().getPeerCertificates()[0]));
            }
          }
        });
  }

  private static Certificate shown(X509Certificate certificate) throws CertificateException {
    var presented = new PresentedCertificate(certificate);
    return new Certificate(
        presented.fingerprint(),
        ServerText.shown(certificate.getSubjectX500Principal().getName()),
        ServerText.shown(certificate.getIssuerX500Principal().getName()),
        presented.namesShown(),
        certificate.getNotAfter().toInstant());
  }

  private static InetSocketAddress address(URI endpoint) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host(endpoint)), port(endpoint));
  }

  private static String host(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(URI endpoint) {
    return endpoint.getPort() < 0 ? HTTPS : endpoint.getPort();
  }

  private static int millis(Deadline deadline) {
    return (int) Math.max(1, deadline.left().toMillis());
  }

  /// A step, which may fail.
  @FunctionalInterface
  private interface Step<T> {
    Found<T> go() throws IOException, GeneralSecurityException;
  }

  /// Name resolution knows no timeout: it is left behind where it takes too long.
  private static <T> Found<T> within(Deadline deadline, String late, Step<T> step) {
    var found = new CompletableFuture<Found<T>>();
    deadline.time().start("look-at-endpoint", () -> found.complete(outcome(step, late)));
    try {
      return deadline.await(found);
    } catch (TimeoutException e) {
      return new Found.Nothing<>(late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found.Nothing<>("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome never fails", e);
    }
  }

  private static <T> Found<T> outcome(Step<T> step, String late) {
    try {
      return step.go();
    } catch (SocketTimeoutException _) { // of the same time as the deadline: either may be first
      return new Found.Nothing<>(late);
    } catch (UnknownHostException _) {
      return new Found.Nothing<>("its name could not be resolved");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return new Found.Nothing<>(ServerText.shown(String.valueOf(e.getMessage())));
    }
  }

  /// Looks at certificates and sends nothing, so that it may accept any.
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
