package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Holds the ticket of a user, and gets the next one in time.
///
/// A login runs by itself: all who need its ticket wait for the same one, each until its own
/// deadline, and it goes on for the others when the first one's has passed.
final class TicketSession implements Session {
  /// When the next ticket is fetched; a ticket lives 2 hours (pve-access-control
  /// `AccessControl.pm`), and this leaves more than half of that for fetching it.
  static final Duration RENEWED_AFTER = Duration.ofMinutes(50);

  /// Until when a ticket is used if there is no next one.
  static final Duration USED_FOR = Duration.ofMinutes(115);

  /// How long a login may take: as long as pveproxy itself waits.
  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(TicketSession.class.getName());

  private record Ticket(Authorization authorization, Instant issuedAt) {
    boolean isUsable(Instant now) {
      return now.isBefore(issuedAt.plus(USED_FOR));
    }

    boolean isDue(Instant now) {
      return !now.isBefore(issuedAt.plus(RENEWED_AFTER));
    }
  }

  private final String cluster;
  private final Login login;
  private final InstantSource clock;
  private final RequestTally tally;
  private final BackOff backOff = new BackOff();
  private @Nullable Ticket ticket;
  private @Nullable CompletableFuture<Reading<Authorization>> underWay;

  TicketSession(String cluster, Login login, InstantSource clock, RequestTally tally) {
    this.cluster = cluster;
    this.login = login;
    this.clock = clock;
    this.tally = tally;
  }

  @Override
  public Reading<Authorization> authorization(Deadline deadline) {
    CompletableFuture<Reading<Authorization>> awaited;
    synchronized (this) {
      Instant now = clock.instant();
      Ticket current = ticket;
      if (current != null && current.isUsable(now)) {
        if (current.isDue(now) && backOff.held(now).isEmpty()) {
          var _ = startedLogin(deadline.time());
        }
        return new Reading.Ok<>(current.authorization(), current.issuedAt());
      }
      Optional<Failed<?>> held = backOff.held(now);
      if (underWay == null && held.isPresent()) {
        return held.get().as();
      }
      awaited = startedLogin(deadline.time());
    }
    return await(awaited, deadline);
  }

  /// The refused ticket stays until there is another one: it may be a single node that refuses it,
  /// whose clock is wrong.
  @Override
  public Reading<Authorization> replacement(Authorization refused, Deadline deadline) {
    CompletableFuture<Reading<Authorization>> awaited;
    synchronized (this) {
      if (ticket != null && !ticket.authorization().value().equals(refused.value())) {
        return new Reading.Ok<>(ticket.authorization(), ticket.issuedAt());
      }
      Optional<Failed<?>> held = backOff.held(clock.instant());
      if (underWay == null && held.isPresent()) {
        return held.get().as();
      }
      awaited = startedLogin(deadline.time());
    }
    return await(awaited, deadline);
  }

  @Override
  public synchronized void close() {
    if (underWay != null) {
      underWay.complete(new Failed<>(FailureReason.TIMED_OUT, "The login was given up."));
    }
  }

  /// The login under way; starts one if there is none. Called with the lock held.
  private CompletableFuture<Reading<Authorization>> startedLogin(Time time) {
    CompletableFuture<Reading<Authorization>> current = underWay;
    if (current == null) {
      var begun = new CompletableFuture<Reading<Authorization>>();
      underWay = begun;
      time.start("login-" + cluster, () -> logIn(begun, time));
      return begun;
    }
    return current;
  }

  private void logIn(CompletableFuture<Reading<Authorization>> begun, Time time) {
    try {
      begun.complete(logIn(time));
    } catch (Throwable e) {
      synchronized (this) {
        underWay = null; // a defect of ours must not end all logins
      }
      begun.completeExceptionally(e);
    }
  }

  private Reading<Authorization> logIn(Time time) {
    Instant asked = clock.instant();
    Login.Outcome outcome = login.attempt(Deadline.after(LOGIN_LIMIT, time));
    synchronized (this) {
      underWay = null;
      return switch (outcome) {
        case Login.Outcome.Admitted(Authorization authorization) -> {
          tally.login("success");
          ticket = new Ticket(authorization, asked);
          if (backOff.succeeded()) {
            LOG.log(Level.INFO, "The login works again.", "cluster", cluster);
          }
          yield new Reading.Ok<>(authorization, asked);
        }
        case Login.Outcome.Refused(String detail) -> {
          tally.login("refused");
          Failed<Authorization> failed = new Failed<>(FailureReason.UNAUTHORIZED, detail);
          if (backOff.refused(failed, clock.instant())) {
            LOG.log(Level.WARNING, "The login was refused.", "cluster", cluster, "error", detail);
          }
          yield failed;
        }
        case Login.Outcome.NotPossible(Failed<Authorization> failed) -> {
          tally.login("failed");
          backOff.failed(failed, clock.instant());
          yield failed;
        }
      };
    }
  }

  private static Reading<Authorization> await(
      CompletableFuture<Reading<Authorization>> login, Deadline deadline) {
    try {
      return deadline.await(login);
    } catch (TimeoutException e) {
      return new Failed<>(FailureReason.TIMED_OUT, "The login did not end in time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed<>(FailureReason.TIMED_OUT, "Waiting for the login was interrupted.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a login failed unexpectedly", e);
    }
  }
}
