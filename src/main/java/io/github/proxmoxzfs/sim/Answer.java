package io.github.proxmoxzfs.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the simulator sends back: status line, own headers and body, and how they reach the wire.
///
/// @param status the status code, Proxmox's 595 and 596 included
/// @param reason the reason phrase, where Proxmox puts its error texts
/// @param headers headers beside those that each answer has (Date, Connection, Content-Length …)
/// @param body the body before compression; an empty one is sent without Content-Length, as Proxmox
///   does
/// @param delivery how the answer is sent
/// @param delay how long the answer is held back
@SuppressWarnings("ArrayRecordComponent") // The body may be any garbage; nobody compares answers.
public record Answer(
    int status,
    String reason,
    Map<String, String> headers,
    byte[] body,
    Delivery delivery,
    Duration delay) {

  private static final String JSON_TYPE = "application/json;charset=UTF-8";

  /// How an answer is sent: properly, or in one of the ways in which connections fail.
  public sealed interface Delivery {
    /// Whole and at once.
    record Whole() implements Delivery {}

    /// Cut off: Content-Length is the whole body's, then the connection is closed.
    ///
    /// @param sentBytes how much of the body is sent
    record Truncated(int sentBytes) implements Delivery {}

    /// Broken off: Content-Length is the whole body's, then the connection is reset (TCP RST).
    ///
    /// @param sentBytes how much of the body is sent; what the client has not read may be lost with
    ///   the reset
    record ResetInBody(int sentBytes) implements Delivery {}

    /// The headers arrive, the body never does.
    record StalledBody() implements Delivery {}

    /// Nothing arrives, the connection stays open.
    record Silence() implements Delivery {}

    /// The connection is reset (TCP RST) before any answer.
    record Reset() implements Delivery {}

    /// The body drips in pieces.
    ///
    /// @param pieceBytes the size of a piece
    /// @param pause the time between two pieces
    record Slow(int pieceBytes, Duration pause) implements Delivery {}

    /// Status line, headers and body drip in pieces.
    ///
    /// @param pieceBytes the size of a piece
    /// @param pause the time between two pieces
    record SlowHead(int pieceBytes, Duration pause) implements Delivery {}

    /// The body is sent over and over, without being held in memory.
    ///
    /// @param totalBytes the Content-Length and the number of bytes sent, unless the client leaves
    record Repeated(long totalBytes) implements Delivery {}
  }

  /// Keeps the order of the headers.
  public Answer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// A `200 OK` of JSON, sent as it is, be it JSON or not.
  public static Answer json(String body) {
    return json(body.getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(byte[] body) {
    return new Answer(
        200, "OK", Map.of("Content-Type", JSON_TYPE), body, new Delivery.Whole(), Duration.ZERO);
  }

  /// A `200 OK` of HTML: what a proxy or a login page in between sends.
  public static Answer html(String body) {
    return json(body).withHeader("Content-Type", "text/html");
  }

  /// A failure as the API words it: the reason phrase, and the same as `message` of a JSON body.
  public static Answer error(int status, String reason) {
    var body = "{\"data\":null,\"message\":" + JsonText.quote(reason + "\n") + "}";
    return json(body).withStatus(status, reason);
  }

  /// A failure as pve-http-server answered before 5.2.0 (January 2025): no `message`, only the
  /// reason phrase.
  public static Answer errorWithoutMessage(int status, String reason) {
    return json("{\"data\":null}").withStatus(status, reason);
  }

  /// A refused parameter: `400 Parameter verification failed.` with the reason per parameter.
  public static Answer invalidParameters(Map<String, String> reasons) {
    var errors = new LinkedHashMap<String, String>();
    reasons.forEach((name, reason) -> errors.put(name, JsonText.quote(reason)));
    var phrase = "Parameter verification failed.";
    var body =
        "{\"data\":null,\"errors\":%s,\"message\":%s}"
            .formatted(JsonText.object(errors), JsonText.quote(phrase + "\n"));
    return json(body).withStatus(400, phrase);
  }

  /// A status line without body, Content-Length or Content-Type: refused credentials, 595, 596.
  public static Answer empty(int status, String reason) {
    return new Answer(status, reason, Map.of(), new byte[0], new Delivery.Whole(), Duration.ZERO);
  }

  /// A failure of the HTTP server itself: the reason phrase is the body too, without Content-Type.
  static Answer plain(int status, String reason) {
    var body = reason.getBytes(StandardCharsets.UTF_8);
    return new Answer(status, reason.strip(), Map.of(), body, new Delivery.Whole(), Duration.ZERO);
  }

  /// This answer with another status line.
  public Answer withStatus(int newStatus, String newReason) {
    return new Answer(newStatus, newReason, headers, body, delivery, delay);
  }

  /// This answer with one header added or replaced.
  public Answer withHeader(String name, String value) {
    var added = new LinkedHashMap<>(headers);
    added.put(name, value);
    return new Answer(status, reason, added, body, delivery, delay);
  }

  /// This answer with another body.
  public Answer withBody(byte[] newBody) {
    return new Answer(status, reason, headers, newBody, delivery, delay);
  }

  /// This answer, held back for `newDelay`.
  public Answer delayed(Duration newDelay) {
    return new Answer(status, reason, headers, body, delivery, newDelay);
  }

  /// This answer, sent in another way.
  public Answer delivered(Delivery newDelivery) {
    return new Answer(status, reason, headers, body, newDelivery, delay);
  }
}
