package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The nodes through which a cluster is asked: the one that worked last, and the others in turn
/// when it does not.
final class Endpoints {
  /// Whom a question concerns, and so whose fault a failure may be.
  enum Concern {
    /// The endpoint itself answers, at once unless it is broken: the list of nodes, a login.
    ENDPOINT,
    /// Another node answers through the endpoint: its silence and its errors are its own.
    NODE
  }

  /// Makes the request for an address.
  @FunctionalInterface
  interface RequestTo {
    HttpRequest at(URI address);
  }

  /// How long an endpoint is waited for before another one is tried, at least: Proxmox takes 3
  /// seconds to refuse a credential, and that must be seen.
  private static final Duration PATIENCE = Duration.ofMillis(3500);

  private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());

  private final String cluster;
  private final List<URI> endpoints;
  private final Transport transport;
  private final AtomicInteger preferred = new AtomicInteger();

  /// The endpoint that was left, until one works: where none does there is nothing to move to, and
  /// each call fails for its own reason.
  private final AtomicReference<@Nullable Departure> departure = new AtomicReference<>();

  private record Departure(int from, String why) {}

  Endpoints(String cluster, List<URI> endpoints, Transport transport) {
    this.cluster = cluster;
    this.endpoints = endpoints;
    this.transport = transport;
  }

  /// Asks the preferred endpoint, and the next ones as long as the fault is the endpoint's.
  ///
  /// @param path what stands after `/api2/json`
  /// @param mask covers what the request holds and must not be shown
  Reading<Answer> ask(
      String path, RequestTo request, Mask mask, Concern concern, Deadline deadline) {
    if (deadline.left().isZero()) { // no endpoint's fault
      return new Failed<>(FailureReason.TIMED_OUT, "No time was left to ask.");
    }
    List<Reading<Answer>> failed = new ArrayList<>();
    int first = preferred.get();
    for (int tried = 0; tried < endpoints.size(); tried++) {
      int index = (first + tried) % endpoints.size();
      Duration share = deadline.left().dividedBy(endpoints.size() - tried);
      boolean last = tried == endpoints.size() - 1;
      Deadline limit = concern == Concern.ENDPOINT && !last ? earlier(deadline, share) : deadline;
      Reading<Answer> reading =
          transport.send(
              request.at(URI.create(origin(endpoints.get(index)) + "/api2/json" + path)),
              mask,
              limit,
              last ? Transport.CONNECT : share);
      if (!isFaultOfEndpoint(reading, concern)) {
        if (tried > 0) {
          move(first, index, failed.getFirst());
        }
        works(index);
        return reading;
      }
      failed.add(reading);
      if (deadline.left().isZero()) {
        move(first, (index + 1) % endpoints.size(), reading); // for the next call
        break;
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    return allFailed(failed);
  }

  private static Deadline earlier(Deadline deadline, Duration share) {
    Deadline atLeast = Deadline.after(share.compareTo(PATIENCE) > 0 ? share : PATIENCE);
    return atLeast.atNanos() - deadline.atNanos() < 0 ? atLeast : deadline;
  }

  private static boolean isFaultOfEndpoint(Reading<Answer> reading, Concern concern) {
    return switch (reading) {
      case Reading.Ok<Answer>(Answer answer, _) ->
          concern == Concern.ENDPOINT && answer.status() >= 500;
      case Failed<Answer>(FailureReason reason, _) ->
          concern == Concern.ENDPOINT
              || reason == FailureReason.UNREACHABLE
              || reason == FailureReason.TLS;
      case Reading.Skipped<Answer> _ -> false;
    };
  }

  /// An answer tells more than none; else the first failure gives the reason.
  private static Reading<Answer> allFailed(List<Reading<Answer>> failed) {
    List<Failed<Answer>> failures = new ArrayList<>();
    for (Reading<Answer> reading : failed) {
      switch (reading) {
        case Failed<Answer> failure -> failures.add(failure);
        case Reading.Ok<Answer> _, Reading.Skipped<Answer> _ -> {
          return reading;
        }
      }
    }
    return new Failed<>(
        failures.getFirst().reason(),
        failures.stream().map(Failed::detail).distinct().collect(Collectors.joining(" ")));
  }

  private void move(int from, int to, Reading<Answer> why) {
    if (from != to && preferred.compareAndSet(from, to)) {
      String reason =
          switch (why) {
            case Reading.Ok<Answer>(Answer answer, _) -> "status " + answer.status();
            case Failed<Answer>(_, String detail) -> detail;
            case Reading.Skipped<Answer> _ -> "";
          };
      departure.compareAndSet(null, new Departure(from, reason));
    }
  }

  /// Notes that an endpoint works, and logs it if it is another one than before.
  private void works(int index) {
    Departure left = departure.get();
    if (left == null || !departure.compareAndSet(left, null) || left.from() == index) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "An endpoint does not work; the next one is asked from now on.",
        "cluster",
        cluster,
        "from",
        endpoints.get(left.from()).getRawAuthority(),
        "to",
        endpoints.get(index).getRawAuthority(),
        "error",
        left.why());
  }

  private static String origin(URI endpoint) {
    return "https://" + endpoint.getRawAuthority();
  }
}
