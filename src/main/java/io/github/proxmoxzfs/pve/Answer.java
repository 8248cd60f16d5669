package io.github.proxmoxzfs.pve;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a server answered, of any status.
final class Answer {
  /// Statuses that pveproxy takes from AnyEvent::HTTP when it could not reach another node
  /// (pve-http-server `PVE/APIServer/AnyEvent.pm`): 595 no connection, 596 no answer or TLS, 599
  /// other.
  private static final int FIRST_PROXY_FAULT = 595;

  private final int status;
  private final byte[] body;
  private final Instant receivedAt;
  private final Mask mask;

  /// The body, once it was read: an endpoint's answer is looked at before it is used.
  private JsonValue.@Nullable JsonObject json;

  /// @param status the HTTP status
  /// @param body the whole body
  /// @param receivedAt when it had arrived, by our clock
  /// @param mask covers what was sent and must not be shown
  Answer(int status, byte[] body, Instant receivedAt, Mask mask) {
    this.status = status;
    this.body = body.clone();
    this.receivedAt = receivedAt;
    this.mask = mask;
  }

  int status() {
    return status;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  /// The body as it came.
  byte[] body() {
    return body.clone();
  }

  /// The body as others may see it: where it is no answer as Proxmox gives it, it may echo what it
  /// was sent.
  byte[] bodyToShow() {
    return isSuccess() && isJson()
        ? body()
        : mask.over(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return body.length == 0;
  }

  boolean isSuccess() {
    return status == 200;
  }

  /// Whether the endpoint says that it could not reach the node.
  boolean isProxyFault() {
    return status >= FIRST_PROXY_FAULT && status <= 599;
  }

  JsonValue.JsonObject json() throws MalformedException {
    JsonValue.JsonObject known = json;
    if (known == null) {
      known = JsonTree.read(body);
      json = known;
    }
    return known;
  }

  /// Whether the body is a whole JSON object, as all that Proxmox answers with success.
  boolean isJson() {
    try {
      var _ = json();
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  /// A text of this answer, fit to be shown.
  String shown(String text) {
    return ServerText.shown(text, mask);
  }

  /// How the body begins, fit to be shown.
  String beginning(int length) {
    return ServerText.shown(new String(body, StandardCharsets.UTF_8), length, mask);
  }
}
