package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/// Exchanges a password for a ticket.
///
/// The password goes into the body: in the URL it would end up in the server's access log. A body
/// of known length, since Proxmox refuses chunked ones.
final class Login {
  private static final String SECOND_FACTOR = "PVE:!tfa!";

  /// What a login came to.
  sealed interface Outcome {
    record Admitted(Authorization authorization) implements Outcome {}

    /// Proxmox said no, and will do so again.
    record Refused(String detail) implements Outcome {}

    /// It was not decided.
    record NotPossible(Failed<Authorization> failed) implements Outcome {}
  }

  private final Credential.Password credential;
  private final Endpoints endpoints;

  Login(Credential.Password credential, Endpoints endpoints) {
    this.credential = credential;
    this.endpoints = endpoints;
  }

  /// Logs in, at the first endpoint that is able to decide.
  Outcome attempt(Deadline deadline) {
    String form =
        "username="
            + ServerText.percentEncoded(credential.user())
            + "&password="
            + ServerText.percentEncoded(credential.secret().reveal());
    Reading<Answer> reading =
        endpoints
            .ask(
                "/access/ticket",
                address ->
                    HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                Mask.of(credential.secret().reveal()),
                Endpoints.Concern.ENDPOINT,
                deadline)
            .reading();
    return switch (reading) {
      case Reading.Ok<Answer>(Answer answer, _) -> outcome(answer);
      case Failed<Answer> failed -> notPossible(failed.reason(), "Logging in: " + failed.detail());
      case Reading.Skipped<Answer> _ -> throw new IllegalStateException("a login is never skipped");
    };
  }

  private Outcome outcome(Answer answer) {
    if (answer.status() >= 400 && answer.status() < 500) {
      Failed<Authorization> failed = FailedAnswers.of(answer);
      return new Outcome.Refused(
          "The login of %s was refused: %s".formatted(credential.user(), failed.detail()));
    }
    if (!answer.isSuccess()) {
      Failed<Authorization> failed = FailedAnswers.of(answer);
      return notPossible(failed.reason(), "Logging in: " + failed.detail());
    }
    try {
      return ticket(answer.json());
    } catch (MalformedException e) {
      return notPossible(FailureReason.MALFORMED, "Logging in: " + e.getMessage() + ".");
    }
  }

  private Outcome ticket(JsonObject answer) throws MalformedException {
    if (!(answer.get("data") instanceof JsonObject data)) {
      throw new MalformedException("the answer has no data");
    }
    Optional<String> ticket = data.get("ticket").asText();
    if (data.get("NeedTFA").isTrue()
        || ticket.filter(text -> text.startsWith(SECOND_FACTOR)).isPresent()) {
      return new Outcome.Refused(
          ("The user %s has a second factor, which cannot be given here. Create an API token for this"
                  + " user: tokens need no second factor.")
              .formatted(credential.user()));
    }
    if (ticket.filter(text -> text.startsWith("PVE:")).isEmpty()) {
      throw new MalformedException("the answer holds no ticket");
    }
    return new Outcome.Admitted(Authorization.ofTicket(ticket.get(), credential.secret()));
  }

  private Outcome notPossible(FailureReason reason, String detail) {
    return new Outcome.NotPossible(new Failed<>(reason, detail));
  }
}
