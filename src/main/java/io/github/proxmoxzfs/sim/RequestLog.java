package io.github.proxmoxzfs.sim;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was asked, and how much of it at once.
final class RequestLog {
  private static final int KEPT = 10_000;

  private final ArrayDeque<ReceivedRequest> requests = new ArrayDeque<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Integer> maxima = new HashMap<>();

  private long logins;

  synchronized void begin(ReceivedRequest request) {
    if (request.method().equals("POST") && request.path().equals("/access/ticket")) {
      logins++;
    }
    if (requests.size() == KEPT) {
      requests.removeFirst();
    }
    requests.addLast(request);
    count("");
    request.node().ifPresent(this::count);
  }

  synchronized void end(ReceivedRequest request) {
    running.merge("", -1, Integer::sum);
    request.node().ifPresent(node -> running.merge(node, -1, Integer::sum));
  }

  synchronized List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /// The most requests at once: for a node, or in all under the empty name.
  synchronized int maximum(String node) {
    return maxima.getOrDefault(node, 0);
  }

  /// All there ever were.
  synchronized long logins() {
    return logins;
  }

  synchronized void clear() {
    requests.clear();
    maxima.clear();
  }

  private void count(String node) {
    maxima.merge(node, running.merge(node, 1, Integer::sum), Math::max);
  }
}
