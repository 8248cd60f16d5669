package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Instant;

/// What we can show Proxmox to be let in.
sealed interface Session extends AutoCloseable permits Session.OfToken, TicketSession {

  /// What the next request shall show, or why there is nothing.
  Reading<Authorization> authorization(Deadline deadline);

  /// What to show in place of what was refused with a 401, or why there is nothing else.
  Reading<Authorization> replacement(Authorization refused, Deadline deadline);

  @Override
  void close();

  /// An API token: always the same, and there is nothing else once it is refused.
  record OfToken(Authorization token) implements Session {
    @Override
    public Reading<Authorization> authorization(Deadline deadline) {
      return new Reading.Ok<>(token, Instant.EPOCH);
    }

    @Override
    public Reading<Authorization> replacement(Authorization refused, Deadline deadline) {
      return new Reading.Failed<>(
          FailureReason.UNAUTHORIZED,
          "Proxmox refused the API token: its id or secret is wrong, or it or its user is expired or disabled.");
    }

    @Override
    public void close() {}
  }
}
