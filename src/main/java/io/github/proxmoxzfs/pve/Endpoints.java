package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Time;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The nodes through which a cluster is asked: the one that worked last, the others in turn when it
/// does not, and the first again once it is back.
final class Endpoints {
  /// Whom a question concerns, and so whose fault a failure may be.
  enum Concern {
    /// The endpoint itself answers, at once unless it is broken: the list of nodes, a login.
    ENDPOINT,
    /// Another node answers through the endpoint: its silence and its errors are its own, unless
    /// the endpoint answers nothing else either.
    NODE,
    /// As [#NODE], and silence until the deadline will count as a stuck worker there. So it is made
    /// sure, shortly after the deadline, that it is not the endpoint that is silent.
    ZFS_OF_NODE
  }

  /// Makes the request for an address.
  @FunctionalInterface
  interface RequestTo {
    HttpRequest at(URI address);
  }

  /// How long an endpoint is waited for before another one is tried, at least: Proxmox takes 3
  /// seconds to refuse a credential, and that must be seen.
  private static final Duration PATIENCE = Duration.ofMillis(3500);

  /// After how much silence an endpoint is asked whether it is still there, and how often then.
  private static final Duration SILENCE = NodeGate.SLOW;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /// How many kept connections a question to the endpoint itself may find closed before it counts
  /// as lost. The server closes all that are idle at about the same time, and where it does so as a
  /// scrape begins, the HTTP client may not have noticed it of the next one either. What a node
  /// works on is asked again but once: a worker may yet have begun with it.
  private static final int MOST_CLOSED = 3;

  /// How often the endpoints that are not in use are looked at.
  static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(5);

  /// pveproxy answers this by itself, for any login; no worker of pvedaemon is needed.
  private static final String LOOK = "/version";

  private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());

  private final String cluster;
  private final List<URI> endpoints;
  private final Transport transport;
  private final EndpointStates states;
  private final AtomicInteger preferred = new AtomicInteger();

  /// The endpoint that was left, until one works: where none does there is nothing to move to, and
  /// each call fails for its own reason.
  private final AtomicReference<@Nullable Departure> departure = new AtomicReference<>();

  /// When the other endpoints are looked at next, in nanoseconds; null before the first request.
  private @Nullable Long nextRoundNanos;

  private record Departure(int from, String why) {}

  /// A question whether an endpoint is there.
  ///
  /// @param taken whether somebody asks it
  private record Look(
      long begunNanos, AtomicBoolean taken, CompletableFuture<Optional<Answer>> answer) {}

  private final Map<URI, Look> looks = new ConcurrentHashMap<>();

  Endpoints(String cluster, List<URI> endpoints, Transport transport, EndpointStates states) {
    this.cluster = cluster;
    this.endpoints = endpoints;
    this.transport = transport;
    this.states = states;
  }

  /// What came of asking.
  ///
  /// @param abandoned whether it was lost while the node had been silent for a while, so that the
  ///   node may still be at it
  /// @param witnessed for how long, up to its end, the endpoint was seen to be there: only as long
  ///   a silence was the node's
  record Asked(Reading<Answer> reading, boolean abandoned, Duration witnessed) {
    private Asked(Reading<Answer> reading) {
      this(reading, false, Duration.ZERO);
    }
  }

  /// Asks the preferred endpoint, and the next ones as long as the fault is the endpoint's. What
  /// the node may still be at is not asked again.
  ///
  /// @param path what stands after `/api2/json`
  /// @param mask covers what the request holds and must not be shown
  Asked ask(String path, RequestTo request, Mask mask, Concern concern, Deadline deadline) {
    if (deadline.isOver()) { // no endpoint's fault
      return new Asked(new Failed<>(FailureReason.TIMED_OUT, "No time was left to ask."));
    }
    List<Reading<Answer>> failed = new ArrayList<>();
    int first = preferred.get();
    for (int tried = 0; tried < endpoints.size(); tried++) {
      int index = (first + tried) % endpoints.size();
      Duration share = deadline.left().dividedBy(endpoints.size() - tried);
      boolean last = tried == endpoints.size() - 1;
      var attempt =
          new Attempt(endpoints.get(index), request, mask, last ? Transport.CONNECT : share);
      Asked asked =
          switch (concern) {
            case ENDPOINT ->
                new Asked(
                    attempt.ask(
                        path, last ? deadline : deadline.orEarlier(deadline.another(PATIENCE))));
            case NODE, ZFS_OF_NODE -> attempt.askForNode(path, deadline, concern, !last);
          };
      Reading<Answer> reading = asked.reading();
      if (asked.abandoned()) {
        return asked;
      }
      if (!isFaultOfEndpoint(reading, concern)) {
        if (tried > 0) {
          move(first, index, failed.getFirst());
        }
        works(index);
        return asked;
      }
      failed.add(reading);
      if (deadline.isOver()) {
        move(first, (index + 1) % endpoints.size(), reading); // for the next call
        break;
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    return new Asked(allFailed(failed));
  }

  /// Looks at the endpoints that are not in use, if it is time to, in the background: so one knows
  /// that they are there before they are needed, and returns to an earlier one that is back.
  void lookAtOthers(RequestTo request, Mask mask, Time time) {
    if (endpoints.size() == 1 || !isRoundDue(time)) {
      return;
    }
    time.start(
        "endpoints-" + cluster,
        () -> {
          int current = preferred.get();
          for (int index = 0; index < endpoints.size(); index++) {
            if (index != current) {
              // One that refuses us, or has lost its configuration, is not back yet.
              boolean works =
                  new Attempt(endpoints.get(index), request, mask, PATIENCE)
                      .look(time)
                      .filter(Answer::isSuccess)
                      .isPresent();
              if (works && index < current && preferred.compareAndSet(current, index)) {
                current = index;
                LOG.log(
                    Level.INFO,
                    "An earlier endpoint works again and is asked from now on.",
                    "cluster",
                    cluster,
                    "endpoint",
                    Transport.server(endpoints.get(index)));
              }
            }
          }
        });
  }

  private synchronized boolean isRoundDue(Time time) {
    long now = time.nanos();
    Long next = nextRoundNanos;
    if (next != null && now - next < 0) {
      return false;
    }
    nextRoundNanos = now + BETWEEN_ROUNDS.toNanos();
    return true;
  }

  /// One endpoint, asked for something.
  private final class Attempt {
    private final URI endpoint;
    private final RequestTo request;
    private final Mask mask;
    private final Duration connectLimit;

    Attempt(URI endpoint, RequestTo request, Mask mask, Duration connectLimit) {
      this.endpoint = endpoint;
      this.request = request;
      this.mask = mask;
      this.connectLimit = connectLimit;
    }

    Reading<Answer> ask(String path, Deadline deadline) {
      Transport.Exchange exchange = begin(path, deadline.time());
      Reading<Answer> reading = answerOf(exchange, deadline);
      for (int again = 0; exchange.foundConnectionClosed() && again < MOST_CLOSED; again++) {
        exchange = begin(path, deadline.time());
        reading = answerOf(exchange, deadline);
      }
      boolean wasGivenTime = exchange.took(deadline.time()).compareTo(PATIENCE) >= 0;
      if (reading instanceof Failed<Answer>(FailureReason reason, _)
          && (reason != FailureReason.TIMED_OUT || wasGivenTime)) {
        failed(reason, deadline.time());
      }
      return reading;
    }

    private void failed(FailureReason reason, Time time) {
      String server = Transport.server(endpoint);
      if (reason == FailureReason.UNREACHABLE) {
        states.lost(server, time.nanos());
      } else {
        states.failed(server);
      }
    }

    private static Reading<Answer> answerOf(Transport.Exchange exchange, Deadline deadline) {
      return exchange.await(deadline).orElseGet(() -> exchange.giveUp(deadline.time()));
    }

    /// Waits for a node's answer as long as the endpoint itself is there. Where that was seen, the
    /// silence is the node's, whatever becomes of the endpoint later.
    ///
    /// @param alternatives whether there is another endpoint to turn to before the deadline
    Asked askForNode(String path, Deadline deadline, Concern concern, boolean alternatives) {
      Time time = deadline.time();
      Transport.Exchange exchange = begin(path, time);
      boolean nodeIsSilent = false;
      boolean again = true;
      Duration untilLook = SILENCE;
      var witness = new Witness(time);
      while (!deadline.isOver()) {
        Deadline next = deadline.orEarlier(Deadline.after(untilLook, time));
        Optional<Reading<Answer>> reading = exchange.await(next);
        if (exchange.foundConnectionClosed() && again) {
          exchange = begin(path, time);
          again = false;
        } else if (reading.isPresent()) {
          boolean faulty = isFaultOfEndpoint(reading.get(), concern);
          if (faulty) {
            reading.get().failure().ifPresent(reason -> failed(reason, time));
          }
          boolean lost = faulty && nodeIsSilent && !exchange.hasBegun();
          return new Asked(
              reading.get(), concern == Concern.ZFS_OF_NODE && lost, witness.duration());
        } else if (deadline.left().compareTo(PATIENCE) > 0) {
          boolean endpointAnswers = answers(time);
          if (alternatives && !endpointAnswers) {
            return new Asked(
                silent(exchange, time),
                concern == Concern.ZFS_OF_NODE && nodeIsSilent,
                Duration.ZERO);
          }
          witness.saw(endpointAnswers);
          nodeIsSilent |= endpointAnswers;
          untilLook = BETWEEN_LOOKS;
        }
      }
      if (concern != Concern.ZFS_OF_NODE) {
        return new Asked(exchange.giveUp(time));
      }
      if (exchange.hasBegun()) { // the node is done with it
        return new Asked(new Failed<>(FailureReason.MALFORMED, exchange.giveUp(time).detail()));
      }
      return answers(time)
          ? new Asked(exchange.giveUp(time), false, witness.duration())
          : new Asked(silent(exchange, time), nodeIsSilent, Duration.ZERO);
    }

    private Failed<Answer> silent(Transport.Exchange exchange, Time time) {
      var _ = exchange.giveUp(time);
      return new Failed<>(
          FailureReason.UNREACHABLE,
          Transport.server(endpoint) + " could not be reached: it answers nothing any more.");
    }

    /// Whether the endpoint answers at all, and soon.
    boolean answers(Time time) {
      return look(time).isPresent();
    }

    /// Asks the endpoint for something of its own, unless that is being done or was done a moment
    /// ago: many calls may wonder at once.
    Optional<Answer> look(Time time) {
      var own = new Look(time.nanos(), new AtomicBoolean(), new CompletableFuture<>());
      Look look =
          looks.merge(
              endpoint,
              own,
              (last, now) ->
                  now.begunNanos() - last.begunNanos() < BETWEEN_LOOKS.toNanos() ? last : now);
      if (look.taken().compareAndSet(false, true)) {
        try {
          look.answer().complete(ask(LOOK, Deadline.after(PATIENCE, time)).asOptional());
        } finally {
          look.answer().complete(Optional.empty());
        }
      }
      return awaited(look.answer(), Deadline.after(PATIENCE, time));
    }

    private Transport.Exchange begin(String path, Time time) {
      return transport.begin(
          request.at(URI.create("https://" + endpoint.getRawAuthority() + "/api2/json" + path)),
          mask,
          connectLimit,
          time);
    }
  }

  /// Since when an endpoint was there at each look.
  private static final class Witness {
    private final Time time;
    private long sinceNanos;
    private boolean there = true;

    Witness(Time time) {
      this.time = time;
      this.sinceNanos = time.nanos();
    }

    void saw(boolean answers) {
      if (answers && !there) {
        sinceNanos = time.nanos();
      }
      there = answers;
    }

    Duration duration() {
      return there ? Duration.ofNanos(time.nanos() - sinceNanos) : Duration.ZERO;
    }
  }

  private static Optional<Answer> awaited(
      CompletableFuture<Optional<Answer>> answer, Deadline deadline) {
    try {
      return deadline.await(answer);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look never fails", e);
    }
  }

  private static boolean isFaultOfEndpoint(Reading<Answer> reading, Concern concern) {
    return switch (reading) {
      case Reading.Ok<Answer>(Answer answer, _) ->
          concern == Concern.ENDPOINT
              && (answer.status() >= 500 || (answer.isSuccess() && !answer.isJson()));
      case Failed<Answer>(FailureReason reason, _) ->
          concern == Concern.ENDPOINT
              || reason == FailureReason.UNREACHABLE
              || reason == FailureReason.TLS
              || reason == FailureReason.MALFORMED; // it broke off in the middle, as when it dies
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
}
