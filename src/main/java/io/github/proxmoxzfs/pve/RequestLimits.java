package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Limits the requests under way: on each node, and in the whole cluster.
final class RequestLimits {
  private final int perNode;
  private final Semaphore inFlight;
  private final Map<String, NodeGate> gates = new ConcurrentHashMap<>();

  RequestLimits(int perNode, int inFlight) {
    this.perNode = perNode;
    this.inFlight = new Semaphore(inFlight, true);
  }

  /// Runs a request when it is its turn.
  ///
  /// The node's slot comes first: who waits for a slow node must not hold a slot of the cluster.
  ///
  /// @param node the node that serves the request; none for one that the endpoint serves
  /// @return the request's outcome, or a failure if its turn did not come before the deadline
  <T> Reading<T> run(Optional<String> node, Deadline deadline, Supplier<Reading<T>> request) {
    if (node.isEmpty()) {
      return runInFlight(deadline, request);
    }
    NodeGate gate = gates.computeIfAbsent(node.get(), _ -> new NodeGate(perNode));
    if (!gate.enter(deadline)) {
      return tooLate(
          FailureReason.TIMED_OUT,
          "Earlier requests to the node " + node.get() + " took all the time.");
    }
    try {
      return runInFlight(deadline, request);
    } finally {
      gate.leave();
    }
  }

  private <T> Reading<T> runInFlight(Deadline deadline, Supplier<Reading<T>> request) {
    if (!NodeGate.enter(inFlight, deadline)) {
      return tooLate(FailureReason.NOT_ASKED, "Earlier requests to the cluster took all the time.");
    }
    try {
      return request.get();
    } finally {
      inFlight.release();
    }
  }

  private static <T> Failed<T> tooLate(FailureReason reason, String detail) {
    return new Failed<>(reason, detail);
  }
}
