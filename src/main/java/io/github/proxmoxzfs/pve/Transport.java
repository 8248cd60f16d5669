package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Time;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// Sends one request to one endpoint; its whole answer is waited for, but never beyond a deadline.
///
/// It asks for no compression: answers are a few kilobytes on a local network, and what is not
/// inflated cannot explode.
final class Transport implements AutoCloseable {
  /// The largest body that is read, in bytes. The largest answer that we know, the resources of a
  /// large cluster, has some hundred kilobytes.
  static final long MAX_BODY = 4 << 20;

  /// How long a connection, TLS included, may take when there is time and another endpoint to try.
  static final Duration CONNECT = Duration.ofSeconds(2);

  /// The same when there is no other endpoint: giving up early would gain nothing, and on a slow or
  /// busy machine lose the first scrape. The deadline of the call comes first.
  private static final Duration CONNECT_TO_THE_ONLY = Duration.ofSeconds(60);

  /// A request that is lost so soon was not worked on: its connection was closed already.
  private static final Duration AT_ONCE = Duration.ofMillis(250);

  /// The same when there is so little time left that another endpoint would not get its share.
  private static final Duration HASTY_CONNECT = Duration.ofMillis(500);

  private final HttpClients clients;
  private final InstantSource clock;
  private final RequestTally tally;
  private final EndpointStates states;
  private final HttpClient patient;
  // Rarely needed, and each client has a thread and connections of its own.
  private @Nullable HttpClient hasty;

  /// @param alternatives whether there is another endpoint to try when one cannot be reached
  Transport(
      HttpClients clients,
      boolean alternatives,
      InstantSource clock,
      RequestTally tally,
      EndpointStates states) {
    this.clients = clients;
    this.clock = clock;
    this.tally = tally;
    this.states = states;
    this.patient = clients.connectingWithin(alternatives ? CONNECT : CONNECT_TO_THE_ONLY);
  }

  /// Sends a request, once.
  ///
  /// @param mask covers what the request holds and must not be shown
  /// @param connectLimit how long a new connection may take; rounded to one of two durations
  Exchange begin(HttpRequest request, Mask mask, Duration connectLimit, Time time) {
    HttpClient client = connectLimit.compareTo(CONNECT) >= 0 ? patient : hasty();
    Body body = new Body();
    return new Exchange(
        server(request.uri()), client.sendAsync(request, body), body, mask, time.nanos());
  }

  /// A request that was sent, and its answer to come.
  final class Exchange {
    private final String server;
    private final CompletableFuture<HttpResponse<byte[]>> response;
    private final Body body;
    private final Mask mask;
    private final long begunNanos;
    private boolean closedAtOnce;

    private Exchange(
        String server,
        CompletableFuture<HttpResponse<byte[]>> response,
        Body body,
        Mask mask,
        long begunNanos) {
      this.server = server;
      this.response = response;
      this.body = body;
      this.mask = mask;
      this.begunNanos = begunNanos;
    }

    /// Whether the connection ended as soon as the request was sent: it was a kept one, which the
    /// server had closed.
    boolean foundConnectionClosed() {
      return closedAtOnce;
    }

    /// How long it is under way, or was when it ended.
    Duration took(Time time) {
      return Duration.ofNanos(time.nanos() - begunNanos);
    }

    /// Waits for the whole answer, headers and body, at most until the deadline.
    ///
    /// @return the answer, of any status, or why there will be none; empty if it is still awaited
    Optional<Reading<Answer>> await(Deadline deadline) {
      try {
        HttpResponse<byte[]> got = deadline.await(response);
        tally.answered(got.statusCode(), took(deadline.time()));
        states.answered(server, got.sslSession().flatMap(Transport::certificate), begunNanos);
        return Optional.of(
            new Reading.Ok<>(
                new Answer(got.statusCode(), got.body(), clock.instant(), mask), clock.instant()));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        response.cancel(true);
        Thread.currentThread().interrupt();
        return Optional.of(
            new Failed<>(FailureReason.TIMED_OUT, "Asking " + server + " was interrupted."));
      } catch (ExecutionException e) {
        refused(e).ifPresent(refused -> states.refused(server, refused.expires()));
        Failed<Answer> failed = failure(server, e, body.begun, mask);
        tally.failed(failed.reason(), took(deadline.time()));
        closedAtOnce =
            failed.reason() == FailureReason.UNREACHABLE
                && !isConnecting(e)
                && took(deadline.time()).compareTo(AT_ONCE) < 0;
        return Optional.of(failed);
      } catch (CancellationException e) {
        return Optional.of(new Failed<>(FailureReason.TIMED_OUT, "The exporter is ending."));
      }
    }

    /// Whether the answer has begun, so that the node is done with it.
    boolean hasBegun() {
      return body.begun;
    }

    /// Gives up, and says so.
    Failed<Answer> giveUp(Time time) {
      response.cancel(true);
      tally.failed(FailureReason.TIMED_OUT, took(time));
      String got = body.begun ? " did not finish its answer in time." : " did not answer in time.";
      return new Failed<>(FailureReason.TIMED_OUT, server + got);
    }
  }

  private static Optional<X509Certificate> certificate(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate x509
          ? Optional.of(x509)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private static Optional<CertificateRefusedException> refused(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateRefusedException refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  /// What an exchange that ended in an exception came to.
  ///
  /// @param begun whether the answer had begun
  static Failed<Answer> failure(String server, Throwable thrown, boolean begun, Mask mask) {
    Optional<CertificateRefusedException> refused = refused(thrown);
    if (refused.isPresent()) {
      return new Failed<>(FailureReason.TLS, String.valueOf(refused.get().getMessage()));
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (begun && message.startsWith("body exceeds capacity")) { // BodyHandlers.limiting
        return new Failed<>(
            FailureReason.MALFORMED, server + " answered with more than " + MAX_BODY + " bytes.");
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return unreachable(server, "no connection was made in time.");
      }
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return unreachable(server, "its name could not be resolved.");
      }
      if (cause instanceof SSLException && !wasLost(cause)) {
        return new Failed<>(
            FailureReason.TLS,
            "TLS with " + server + " failed: " + ServerText.shown(message, mask));
      }
      if (cause instanceof ProtocolException) {
        return new Failed<>(FailureReason.MALFORMED, server + " did not answer in HTTP.");
      }
    }
    if (begun) {
      return new Failed<>(
          FailureReason.MALFORMED, server + " broke off in the middle of its answer.");
    }
    return unreachable(
        server,
        message(thrown)
            .map(message -> ServerText.shown(message, mask))
            .orElseGet(
                () ->
                    isConnecting(thrown)
                        ? "the connection was refused; does pveproxy run there, and is the port right?"
                        : "the connection failed."));
  }

  /// Whether the connection was reset during the handshake, which TLS has nothing to do with.
  private static boolean wasLost(Throwable thrown) {
    return thrown.getCause() instanceof SocketException;
  }

  /// The HTTP client tells a refused connection by a ConnectException without a message, and others
  /// that fail at once by one with it.
  private static boolean isConnecting(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }

  private static Failed<Answer> unreachable(String server, String why) {
    return new Failed<>(FailureReason.UNREACHABLE, server + " could not be reached: " + why);
  }

  /// The deepest message, as a sentence, if there is one that is not just the name of a class.
  private static Optional<String> message(Throwable thrown) {
    Optional<String> deepest = Optional.empty();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      Throwable next = cause.getCause();
      // What wraps another without words of its own repeats it, class name and all.
      boolean repeats = next != null && next.toString().equals(message);
      if (message != null
          && !message.isBlank()
          && !repeats
          && !message.startsWith("Too many retries") // of none, see above
          && !message.equalsIgnoreCase("Connection refused")) {
        deepest = Optional.of(message + ".");
      }
    }
    return deepest;
  }

  /// The server of an address, `host:port`, for a message.
  static String server(URI uri) {
    return uri.getRawAuthority();
  }

  private synchronized HttpClient hasty() {
    HttpClient client = hasty;
    if (client == null) {
      client = clients.connectingWithin(HASTY_CONNECT);
      hasty = client;
    }
    return client;
  }

  /// Ends all requests at once.
  @Override
  public synchronized void close() {
    patient.shutdownNow();
    if (hasty != null) {
      hasty.shutdownNow();
    }
  }

  /// Collects the body, and remembers whether it began: what fails later was an answer, if a broken
  /// one.
  private static final class Body implements BodyHandler<byte[]> {
    private final BodyHandler<byte[]> bounded =
        BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY);
    private volatile boolean begun;

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo response) {
      begun = true;
      return bounded.apply(response);
    }
  }
}
