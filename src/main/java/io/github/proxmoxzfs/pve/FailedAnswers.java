package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;

/// What an answer that is no success means.
final class FailedAnswers {
  private FailedAnswers() {}

  /// The failure that an answer of another status than 200 tells of.
  ///
  /// Proxmox repeats its status line's phrase as JSON `message` since pve-http-server 5.2.0
  /// (January 2025). Of older ones nothing but the number is known, since java.net.http hides the
  /// phrase.
  static <T> Failed<T> of(Answer answer) {
    int status = answer.status();
    Optional<JsonObject> body = body(answer);
    Optional<String> message =
        body.flatMap(found -> found.get("message").asText())
            .map(answer::shown)
            .filter(text -> !text.isEmpty());
    if (answer.isProxyFault()) {
      return new Failed<>(FailureReason.NODE_UNREACHABLE, proxyFault(status));
    }
    if (status == 401) {
      return new Failed<>(
          FailureReason.UNAUTHORIZED,
          "Proxmox refused the credential" + message.map(text -> ": " + text).orElse("") + ".");
    }
    if (status == 403) {
      return new Failed<>(
          FailureReason.FORBIDDEN,
          message
              .map(text -> text + Privilege.advice(text))
              .orElse("Proxmox answered 403 without a message."));
    }
    if (status >= 300 && status < 400) {
      return new Failed<>(
          FailureReason.API_ERROR,
          "The endpoint answered with a redirect (" + status + "), which is never followed.");
    }
    if (status < 400) {
      return new Failed<>(
          FailureReason.MALFORMED,
          "The endpoint answered with the unexpected status " + status + ".");
    }
    if (message.isPresent() && message.get().contains("zfsutils-linux not installed")) {
      return new Failed<>(FailureReason.ZFS_NOT_INSTALLED, "The node has no zpool program.");
    }
    Optional<String> parameter = parameterErrors(body).map(answer::shown);
    return new Failed<>(
        FailureReason.API_ERROR,
        "Proxmox answered "
            + status
            + message.map(text -> ": " + text).orElse(" without a message")
            + parameter.map(text -> " (" + text + ")").orElse("")
            + ".");
  }

  /// The same for the answer of a pool, whose name Proxmox may refuse: with a 400 that names the
  /// parameter, or, where a blank or slash breaks the path, with a 501.
  static <T> Failed<T> ofPool(Answer answer, String pool) {
    boolean nameRefused =
        answer.status() == 400
            && body(answer).filter(found -> parameterError(found, "name").isPresent()).isPresent();
    if (nameRefused || answer.status() == 501) {
      return unsupportedName(pool);
    }
    return of(answer);
  }

  /// The failure of a pool whose name Proxmox would refuse.
  static <T> Failed<T> unsupportedName(String pool) {
    return new Failed<>(
        FailureReason.UNSUPPORTED_NAME,
        "The Proxmox API accepts no path with the pool name \"" + ServerText.shown(pool) + "\".");
  }

  private static String proxyFault(int status) {
    return "The endpoint could not reach the node: "
        + switch (status) {
          case 595 -> "no connection (595).";
          case 596 -> "no answer, or its certificate was refused (596).";
          default -> "status " + status + ".";
        };
  }

  private static Optional<String> parameterErrors(Optional<JsonObject> body) {
    if (body.isPresent() && body.get().get("errors") instanceof JsonObject errors) {
      return errors.members().entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(error -> error.getKey() + ": " + error.getValue().asText().orElse("refused"))
          .reduce((one, other) -> one + "; " + other);
    }
    return Optional.empty();
  }

  private static Optional<String> parameterError(JsonObject body, String parameter) {
    return body.get("errors") instanceof JsonObject errors
        ? errors.get(parameter).asText()
        : Optional.empty();
  }

  private static Optional<JsonObject> body(Answer answer) {
    try {
      return Optional.of(answer.json());
    } catch (MalformedException ignored) { // error answers may have no body, or a text
      return Optional.empty();
    }
  }
}
