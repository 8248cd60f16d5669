package io.github.proxmoxzfs.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.github.proxmoxzfs.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks passwords against bcrypt hashes, which is slow on purpose: a tenth of a second each.
///
/// What was right is remembered, so that a scraper waits for it once; not as it was, but as a keyed
/// digest of user, hash and password whose key nobody knows, so that it is of no use in a dump of
/// the memory and says nothing by the time it takes to be looked up. What was wrong is not
/// remembered: guesses would push out what is right. One check is made at a time, and few may wait
/// for theirs: whoever guesses cannot take the processor, nor our requests.
final class Passwords {
  private static final int MOST_REMEMBERED = 100;
  private static final int MOST_WAITING = 20;
  private static final String DIGEST = "HmacSHA256";

  private static final int COST_AT = 4;

  private final SecretKeySpec key;
  private final Semaphore checking = new Semaphore(1, true);
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final Map<String, Boolean> right =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Passwords() {
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, DIGEST);
  }

  /// Whether this is the user's password. An unknown user takes as long to refuse as a wrong
  /// password.
  ///
  /// @param users the hashes of all users, at least one
  /// @throws TooManyRequestsException if too many passwords wait to be checked
  /// @throws InterruptedException if the request was ended
  boolean areRight(Map<String, Secret> users, String user, String password)
      throws TooManyRequestsException, InterruptedException {
    Optional<String> hash = Optional.ofNullable(users.get(user)).map(Secret::reveal);
    String compared = hash.orElseGet(() -> nobodys(users));
    String digest = digest(user, compared, password);
    synchronized (right) {
      if (right.containsKey(digest)) {
        return true;
      }
    }
    boolean matches = checkInTurn(compared, password) && hash.isPresent();
    if (matches) {
      synchronized (right) {
        right.put(digest, true);
      }
    }
    return matches;
  }

  /// What an unknown user's password is held against: no password's hash, of the cost of the
  /// others, of the dearest where they differ.
  static String nobodys(Map<String, Secret> users) {
    String cost =
        users.values().stream()
            .map(hash -> hash.reveal().substring(COST_AT, COST_AT + 2))
            .max(String::compareTo)
            .orElse("10");
    return "$2a$" + cost + "$" + "nobodynobodynobodynobO" + "nobodynobodynobodynobodynobodyO";
  }

  private boolean checkInTurn(String hash, String password)
      throws TooManyRequestsException, InterruptedException {
    if (!waiting.tryAcquire()) {
      throw new TooManyRequestsException("Too many passwords are being checked; try again.");
    }
    try {
      checking.acquire();
      try {
        return check(hash, password);
      } finally {
        checking.release();
      }
    } finally {
      waiting.release();
    }
  }

  /// On a thread of the system's, which shares the processor: a virtual one would keep it.
  private static boolean check(String hash, String password) throws InterruptedException {
    var check =
        new FutureTask<>(
            () ->
                BCrypt.verifyer(null, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2A))
                    .verify(
                        password.getBytes(StandardCharsets.UTF_8),
                        hash.getBytes(StandardCharsets.US_ASCII))
                    .verified);
    Thread.ofPlatform().daemon().name("password").start(check);
    try {
      return check.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a password could not be checked", failure.getCause());
    }
  }

  private String digest(String user, String hash, String password) {
    try {
      var mac = Mac.getInstance(DIGEST);
      mac.init(key);
      for (String part : new String[] {user, hash, password}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) ':');
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
