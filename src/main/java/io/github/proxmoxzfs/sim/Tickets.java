package io.github.proxmoxzfs.sim;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tickets that were given out.
final class Tickets {
  /// `PVE/AccessControl.pm`:58-60: a ticket's age must lie between −5 minutes and 2 hours.
  private static final Duration LIFE = Duration.ofHours(2);

  private static final Duration FUTURE = Duration.ofMinutes(5);

  private record Issued(String user, Instant at) {}

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Issued> tickets = new ConcurrentHashMap<>();

  /// A new ticket of the real form: `PVE:USER:HEX-EPOCH::SIGNATURE` with a 2048-bit signature.
  String issue(String user, Instant now) {
    tickets.values().removeIf(issued -> !lives(issued, now));
    var ticket = "PVE:%s:%s::%s".formatted(user, hexadecimal(now), signature(256));
    tickets.put(ticket, new Issued(user, now));
    return ticket;
  }

  /// The half ticket of a user with a second factor; it opens nothing.
  String issueHalf(Instant now) {
    return "PVE:!tfa!{\"totp\"%%3Atrue,\"recovery\"%%3A\"available\"}:%s::%s"
        .formatted(hexadecimal(now), signature(256));
  }

  String csrfToken(Instant now) {
    var signature = signature(32);
    return hexadecimal(now) + ":" + signature.substring(0, signature.indexOf('='));
  }

  /// The user of a ticket that is valid now.
  Optional<String> user(String ticket, Instant now) {
    return Optional.ofNullable(tickets.get(ticket))
        .filter(issued -> lives(issued, now))
        .map(Issued::user);
  }

  void revokeAll() {
    tickets.clear();
  }

  private static boolean lives(Issued issued, Instant now) {
    var age = Duration.between(issued.at(), now);
    return age.compareTo(FUTURE.negated()) > 0 && age.compareTo(LIFE) <= 0;
  }

  private static String hexadecimal(Instant now) {
    return "%08X".formatted(now.getEpochSecond()).toUpperCase(Locale.ROOT);
  }

  private String signature(int bytes) {
    var signature = new byte[bytes];
    random.nextBytes(signature);
    return Base64.getEncoder().encodeToString(signature);
  }
}
