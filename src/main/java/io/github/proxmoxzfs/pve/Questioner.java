package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Time;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Asks Proxmox a question: in turn, with what lets us in, at an endpoint that works.
final class Questioner {
  /// How long a zfs call is waited for, whatever its scrape allows: giving up would free nothing on
  /// the node, and a late answer serves the next scrape. pveproxy gives up after 30 seconds, or
  /// later where other calls queue before it.
  static final Duration ZFS_PATIENCE = Duration.ofSeconds(60);

  /// How long SMART is waited for once it is asked: until pveproxy gives up after 30 seconds.
  static final Duration SMART_PATIENCE = Duration.ofSeconds(35);

  private final String cluster;
  private final Endpoints endpoints;
  private final Session session;
  private final Connection connection;
  private volatile RequestLimits limits;
  private final Refusals refusals;
  private final UnderWay underWay = new UnderWay();

  private final AnswerListener listener;
  private final ZfsGuard guard;

  Questioner(
      Connection connection,
      Endpoints endpoints,
      Session session,
      InstantSource clock,
      AnswerListener listener,
      ZfsGuard guard) {
    this.connection = connection;
    this.listener = listener;
    this.guard = guard;
    this.cluster = connection.cluster();
    this.endpoints = endpoints;
    this.session = session;
    this.limits =
        new RequestLimits(
            cluster, connection.perNode(), connection.inFlight(), clock, this::sendCanary);
    this.refusals = new Refusals(cluster, clock);
  }

  RequestLimits limits() {
    return limits;
  }

  /// Goes on with the limits of another, which asked the same cluster before.
  void goOnWith(RequestLimits others) {
    limits = others;
    others.goOnFor(connection.perNode(), connection.inFlight(), this::sendCanary);
  }

  /// The requests that have their turn.
  UnderWay underWay() {
    return underWay;
  }

  /// Looks at the endpoints that are not in use, now and then, in the background.
  void lookAtOtherEndpoints(Time time) {
    if (refusals.held(Optional.empty()).isEmpty()
        && session.authorization(Deadline.after(Duration.ZERO, time))
            instanceof Reading.Ok<Authorization>(Authorization shown, _)) {
      endpoints.lookAtOthers(address -> request(address, shown), shown.mask(), time);
    }
  }

  private static HttpRequest request(URI address, Authorization shown) {
    return HttpRequest.newBuilder(address).header(shown.header(), shown.value()).build();
  }

  /// Asks, waits for the answer, and reads it. A question that has its turn before the deadline is
  /// waited for until the deadline, or, where it runs `zpool`, for [#ZFS_PATIENCE], or for SMART
  /// for [#SMART_PATIENCE].
  <T> Reading<T> ask(Question<T> question, Deadline deadline) {
    return session.authorization(deadline).then(shown -> askAs(question, shown.value(), deadline));
  }

  private <T> Reading<T> askAs(Question<T> question, Authorization shown, Deadline deadline) {
    Reading<Answer> reading = askInTurn(question, shown, deadline);
    if (!isRefusal(reading)) {
      return read(question, reading);
    }
    return switch (session.replacement(shown, deadline)) {
      case Reading.Ok<Authorization>(Authorization other, _) -> {
        Reading<Answer> second = askInTurn(question, other, deadline);
        yield isRefusal(second)
            ? refused(question, "Proxmox refused a new ticket; are the clocks of its nodes right?")
            : read(question, second);
      }
      case Failed<Authorization>(FailureReason reason, String detail)
          when reason == FailureReason.UNAUTHORIZED ->
          refused(question, detail);
      case Failed<Authorization> failed -> failed.as();
      case Reading.Skipped<Authorization> _ -> new Reading.Skipped<>();
    };
  }

  private Reading<Answer> askInTurn(Question<?> question, Authorization shown, Deadline deadline) {
    var wish = new RequestLimits.Wish(question.node(), question.work(), question.path());
    return switch (limits.await(wish, deadline)) {
      case RequestLimits.Turn.Refused(Failed<?> why) -> why.as();
      case RequestLimits.Turn.Given(Call call) -> {
        Call.Ending ending = Call.Ending.NOT_SERVED;
        underWay.begin();
        try {
          // Only now: it may have been refused while this one waited.
          Optional<Failed<?>> held = refusals.held(question.node());
          if (held.isPresent()) {
            yield held.get().as();
          }
          Optional<Failed<?>> guarded = guarded(call);
          if (guarded.isPresent()) {
            yield guarded.get().as();
          }
          Sent sent = send(call, shown, patience(question.work(), deadline));
          ending = sent.ending();
          yield sent.reading();
        } finally {
          limits.end(call, ending);
          underWay.end();
        }
      }
    };
  }

  private static Deadline patience(Work work, Deadline deadline) {
    return switch (work) {
      case ORDINARY -> deadline;
      case ZFS -> deadline.another(ZFS_PATIENCE);
      case SMART -> deadline.another(SMART_PATIENCE);
    };
  }

  /// Asks in the background what a node left unanswered, to learn whether it answers again.
  private void sendCanary(Call call) {
    underWay.begin();
    call.time()
        .start(
            "canary-" + cluster + "-" + call.node().orElse(""),
            () -> {
              Call.Ending ending = Call.Ending.NOT_SERVED;
              try {
                Deadline deadline = Deadline.after(ZFS_PATIENCE, call.time());
                if (refusals.held(call.node()).isEmpty()
                    && guarded(call).isEmpty()
                    && session.authorization(deadline)
                        instanceof Reading.Ok<Authorization>(Authorization shown, _)) {
                  ending = send(call, shown, deadline).ending();
                }
              } finally {
                limits.end(call, ending);
                underWay.end();
              }
            });
  }

  /// Why a call must not be sent after all: an earlier process may have left others behind.
  private Optional<Failed<?>> guarded(Call call) {
    return call.isZfs() || call.isSmart()
        ? call.node().flatMap(node -> guard.refusal(node, limits.runningSince(node)))
        : Optional.empty();
  }

  /// What came of a call.
  private record Sent(Reading<Answer> reading, Call.Ending ending) {}

  private Sent send(Call call, Authorization shown, Deadline deadline) {
    Optional<ZfsGuard.Question> guarded =
        call.isZfs() || call.isSmart()
            ? call.node().map(node -> guard.asked(node, call.path(), limits.runningSince(node)))
            : Optional.empty();
    Endpoints.Asked asked =
        endpoints.ask(
            call.path(), address -> request(address, shown), shown.mask(), concern(call), deadline);
    Call.Ending ending = witnessed(ending(asked), asked, call);
    guarded.ifPresent(question -> tell(question, ending, call));
    switch (asked.reading()) {
      case Reading.Ok<Answer>(Answer answer, _) -> {
        if (!listener.equals(AnswerListener.NONE)) { // reading bodies anew costs time
          listener.answered(call.path(), answer.status(), answer.bodyToShow());
        }
      }
      case Failed<Answer> _, Reading.Skipped<Answer> _ -> listener.unanswered(call.path());
    }
    return new Sent(asked.reading(), ending);
  }

  /// As [NodeGate] counts: what is lost at once hangs nowhere.
  private static void tell(ZfsGuard.Question question, Call.Ending ending, Call call) {
    long tookNanos = call.time().nanos() - call.begunNanos();
    switch (ending) {
      case ANSWERED -> question.answered();
      case NOT_SERVED -> question.notServed();
      case LOST -> {
        if (tookNanos >= NodeGate.STUCK_AFTER.toNanos()) {
          question.lost();
        } else {
          question.notServed();
        }
      }
      case ABANDONED -> question.lost();
    }
  }

  private static Endpoints.Concern concern(Call call) {
    if (call.isZfs() || call.isSmart()) {
      return Endpoints.Concern.ZFS_OF_NODE;
    }
    return call.node().isPresent() ? Endpoints.Concern.NODE : Endpoints.Concern.ENDPOINT;
  }

  /// Whether the node itself came to answer.
  private static Call.Ending ending(Endpoints.Asked asked) {
    if (asked.abandoned()) {
      return Call.Ending.ABANDONED;
    }
    return switch (asked.reading()) {
      case Reading.Ok<Answer>(Answer answer, _) ->
          switch (answer.status()) {
            case 401, 403, 503, 595, 599 -> Call.Ending.NOT_SERVED;
            case 502, 504, 596 -> Call.Ending.LOST; // the first two come from proxies before it
            default -> Call.Ending.ANSWERED;
          };
      case Failed<Answer>(FailureReason reason, _) ->
          // What broke off in the middle had begun, so that the node was done with it.
          switch (reason) {
            case MALFORMED -> Call.Ending.ANSWERED;
            case TIMED_OUT -> Call.Ending.LOST;
            case NOT_ASKED,
                UNREACHABLE,
                TLS,
                UNAUTHORIZED,
                FORBIDDEN,
                NODE_OFFLINE,
                NODE_NOT_LISTED,
                NODE_UNREACHABLE,
                STUCK,
                ZFS_NOT_INSTALLED,
                API_ERROR,
                UNSUPPORTED_NAME,
                ZONE_UNKNOWN,
                INTERNAL ->
                Call.Ending.NOT_SERVED;
          };
      case Reading.Skipped<Answer> _ -> Call.Ending.NOT_SERVED;
    };
  }

  /// A silence that was the endpoint's own for a part of the time is not known to be the node's,
  /// though in the end the endpoint says that it lost the request.
  private static Call.Ending witnessed(Call.Ending ending, Endpoints.Asked asked, Call call) {
    long tookNanos = call.time().nanos() - call.begunNanos();
    return ending == Call.Ending.LOST
            && tookNanos >= NodeGate.STUCK_AFTER.toNanos()
            && asked.witnessed().compareTo(NodeGate.STUCK_AFTER) < 0
        ? Call.Ending.ABANDONED
        : ending;
  }

  private <T> Failed<T> refused(Question<T> question, String detail) {
    Failed<T> failed = new Failed<>(FailureReason.UNAUTHORIZED, detail);
    refusals.refused(question.node(), failed);
    return failed;
  }

  private <T> Reading<T> read(Question<T> question, Reading<Answer> reading) {
    return reading.then(
        ok -> {
          refusals.accepted(question.node());
          Answer answer = ok.value();
          return answer.isSuccess() ? readData(question, answer) : question.refusal().apply(answer);
        });
  }

  private static <T> Reading<T> readData(Question<T> question, Answer answer) {
    JsonValue data;
    try {
      data = answer.json().get("data");
    } catch (MalformedException e) {
      return malformed(
          question, e.getMessage() + "; it begins with \"" + answer.beginning(60) + "\"");
    }
    try {
      return switch (question.reader().read(data, answer)) {
        case Question.Outcome.Value<T>(T value) -> new Reading.Ok<>(value, answer.receivedAt());
        case Question.Outcome.NoValue<T>(Failed<T> failed) -> failed;
      };
    } catch (MalformedException e) {
      return malformed(question, e.getMessage());
    }
  }

  private static <T> Failed<T> malformed(Question<T> question, String why) {
    return new Failed<>(
        FailureReason.MALFORMED,
        "The answer to " + question.path() + " cannot be used: " + why + ".");
  }

  private static boolean isRefusal(Reading<Answer> reading) {
    return reading instanceof Reading.Ok<Answer>(Answer answer, _) && answer.status() == 401;
  }
}
