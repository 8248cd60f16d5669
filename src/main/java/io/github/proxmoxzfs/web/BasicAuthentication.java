package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may come in: whoever shows the name and password of a user, by HTTP's basic authentication
/// (RFC 7617); everybody where there are no users.
final class BasicAuthentication {
  private static final String SCHEME = "basic ";

  private static final Response REFUSAL =
      Response.plain(
          401,
          "Unauthorized.",
          Map.of("WWW-Authenticate", "Basic realm=\"proxmox-zfs-exporter\", charset=\"UTF-8\""));

  private @Nullable Passwords passwords;

  /// What a request shows.
  private record Shown(String user, String password) {}

  /// The answer to a request that may not come in.
  ///
  /// @param users the hashes of their passwords
  /// @param header the value of `Authorization`
  /// @throws TooManyRequestsException if too many passwords wait to be checked
  /// @throws InterruptedException if the request was ended
  Optional<Response> refusal(Map<String, Secret> users, Optional<String> header)
      throws TooManyRequestsException, InterruptedException {
    if (users.isEmpty()) {
      return Optional.empty();
    }
    Optional<Shown> shown = header.flatMap(BasicAuthentication::shown);
    return shown.isPresent()
            && passwords().areRight(users, shown.get().user(), shown.get().password())
        ? Optional.empty()
        : Optional.of(REFUSAL);
  }

  /// Made when it is first needed: cryptography takes time and memory to load.
  private synchronized Passwords passwords() {
    if (passwords == null) {
      passwords = new Passwords();
    }
    return passwords;
  }

  private static Optional<Shown> shown(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Shown(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
