package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.Optional;

/// Asks Proxmox a question: in turn, with what lets us in, at an endpoint that works.
final class Questioner {
  private final Endpoints endpoints;
  private final Session session;
  private final RequestLimits limits;
  private final Refusals refusals;

  Questioner(
      String cluster,
      Endpoints endpoints,
      Session session,
      RequestLimits limits,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.session = session;
    this.limits = limits;
    this.refusals = new Refusals(cluster, clock);
  }

  /// Asks, waits for the answer until the deadline, and reads it.
  <T> Reading<T> ask(Question<T> question, Deadline deadline) {
    return limits.run(question.node(), deadline, () -> askNow(question, deadline));
  }

  private <T> Reading<T> askNow(Question<T> question, Deadline deadline) {
    Optional<Failed<?>> held = refusals.held(question.node());
    if (held.isPresent()) {
      return held.get().as();
    }
    return session.authorization(deadline).then(shown -> askAs(question, shown.value(), deadline));
  }

  private <T> Reading<T> askAs(Question<T> question, Authorization shown, Deadline deadline) {
    Reading<Answer> reading = send(question, shown, deadline);
    if (!isRefusal(reading)) {
      return read(question, reading);
    }
    return switch (session.replacement(shown, deadline)) {
      case Reading.Ok<Authorization>(Authorization other, _) -> {
        Reading<Answer> second = send(question, other, deadline);
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

  private Reading<Answer> send(Question<?> question, Authorization shown, Deadline deadline) {
    return endpoints.ask(
        question.path(),
        address -> HttpRequest.newBuilder(address).header(shown.header(), shown.value()).build(),
        shown.mask(),
        question.node().isPresent() ? Endpoints.Concern.NODE : Endpoints.Concern.ENDPOINT,
        deadline);
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
    return reading.asOptional().filter(answer -> answer.status() == 401).isPresent();
  }
}
