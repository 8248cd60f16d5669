package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.github.proxmoxzfs.config.Secret;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final int GUESSES = 200;

  private final Passwords passwords = new Passwords();

  private final Map<String, Secret> users =
      Map.of(
          "prometheus", new Secret(BCrypt.withDefaults().hashToString(10, "right".toCharArray())));

  @Test
  void whoGuessesIsRefusedAndWhoIsKnownIsLetIn() throws Exception {
    assertThat(passwords.areRight(users, "prometheus", "right")).isTrue();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var guesses =
          IntStream.range(0, GUESSES)
              .mapToObj(number -> threads.submit(() -> guess(number)))
              .toList();
      assertThat(passwords.areRight(users, "prometheus", "right")).isTrue();
      var outcomes = new ArrayList<String>();
      for (Future<String> guess : guesses) {
        outcomes.add(guess.get());
      }
      assertThat(outcomes)
          .hasSize(GUESSES)
          .containsOnly("false", "Too many passwords are being checked; try again.");
    }
    assertThat(passwords.areRight(users, "prometheus", "wrong")).isFalse();
  }

  private String guess(int number) throws InterruptedException {
    try {
      return String.valueOf(passwords.areRight(users, "prometheus", "wrong" + number));
    } catch (TooManyRequestsException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
