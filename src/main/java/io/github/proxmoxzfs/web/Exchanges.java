package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/// The requests that are under way, each on a virtual thread of its own, and the limits that keep
/// slow and hostile clients from taking all there is.
///
/// The JDK's server has limits of time too, but that of an answer comprises the collection, which
/// may take ten minutes, and none of them bounds memory. So the server is given this as its
/// executor: a request is under way from its first byte on. While its client is waited for, to send
/// the request or to read the answer, it may be ended: when its time is over, or when there are too
/// many and it was waited for the longest. A client that does its part at once is never the one. To
/// end a request its thread is interrupted; being interrupted in a socket closes it.
final class Exchanges implements Executor, AutoCloseable {
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

  private enum Phase {
    /// The client sends its request.
    READING,
    /// It is our turn.
    ANSWERING,
    /// The client reads the answer.
    WRITING
  }

  /// A request.
  ///
  /// @param thread its thread
  /// @param phase whose turn it is
  /// @param sinceNanos since when, as of [System#nanoTime()]
  /// @param cluster the cluster that it asked
  private record UnderWay(Thread thread, Phase phase, long sinceNanos, Optional<String> cluster) {
    UnderWay entered(Phase next) {
      return new UnderWay(thread, next, System.nanoTime(), cluster);
    }

    UnderWay asking(String name) {
      return new UnderWay(thread, phase, sinceNanos, Optional.of(name));
    }

    Duration lasted() {
      return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }
  }

  private final ThreadFactory factory = Thread.ofVirtual().name("http-", 0).factory();
  private final Limits limits;
  private final Map<Thread, UnderWay> underWay = new HashMap<>();
  private final Thread watch;
  private boolean closed;

  Exchanges(Limits limits) {
    this.limits = limits;
    this.watch = Thread.ofVirtual().name("http-limits").start(this::watch);
  }

  /// Begins a request, as the server does when the first bytes of one are there.
  @Override
  public synchronized void execute(Runnable exchange) {
    if (closed) {
      throw new RejectedExecutionException("the server is closed");
    }
    if (underWay.size() >= limits.exchanges()) {
      longestWaitedFor(List.copyOf(underWay.values())).ifPresent(this::end);
    }
    Thread thread =
        factory.newThread(
            () -> {
              try {
                exchange.run();
              } finally {
                remove(Thread.currentThread());
              }
            });
    underWay.put(thread, new UnderWay(thread, Phase.READING, System.nanoTime(), Optional.empty()));
    thread.start();
  }

  /// Tells that the request of this thread was read.
  ///
  /// @throws IOException if it was ended
  synchronized void read() throws IOException {
    underWay.put(Thread.currentThread(), current().entered(Phase.ANSWERING));
  }

  /// Tells that the answer to the request of this thread is ready to be sent.
  ///
  /// @throws IOException if it was ended
  synchronized void writing() throws IOException {
    underWay.put(Thread.currentThread(), current().entered(Phase.WRITING));
  }

  /// Tells that the request of this thread is about to ask a cluster.
  ///
  /// @throws TooManyRequestsException if too many do already
  synchronized void asking(String cluster) throws TooManyRequestsException {
    List<UnderWay> all =
        underWay.values().stream().filter(one -> one.cluster().isPresent()).toList();
    List<UnderWay> same =
        all.stream().filter(one -> one.cluster().equals(Optional.of(cluster))).toList();
    if (limits.scrapes() > 0) {
      makeRoom(same, limits.scrapes(), "this cluster");
    }
    makeRoom(all, limits.allScrapes(), "the clusters");
    underWay.computeIfPresent(Thread.currentThread(), (_, current) -> current.asking(cluster));
  }

  private UnderWay current() throws IOException {
    return Optional.ofNullable(underWay.get(Thread.currentThread()))
        .orElseThrow(() -> new IOException("the request was ended"));
  }

  private void makeRoom(List<UnderWay> asking, int most, String whom)
      throws TooManyRequestsException {
    if (asking.size() < most) {
      return;
    }
    UnderWay slowest =
        longestWaitedFor(asking)
            .filter(one -> one.lasted().compareTo(limits.patience()) >= 0)
            .orElseThrow(
                () ->
                    new TooManyRequestsException(
                        "Too many requests: "
                            + most
                            + " of them ask "
                            + whom
                            + " already. --web.max-requests is the limit for one cluster."));
    end(slowest);
  }

  private static Optional<UnderWay> longestWaitedFor(List<UnderWay> requests) {
    return requests.stream()
        .filter(one -> one.phase() != Phase.ANSWERING)
        .max(Comparator.comparing(UnderWay::lasted));
  }

  private void watch() {
    Duration tick = min(LONGEST_TICK, min(limits.reading(), limits.writing()).dividedBy(4));
    try {
      while (true) {
        Thread.sleep(tick);
        endOverdue();
      }
    } catch (InterruptedException _) {
      // The server is closed.
    }
  }

  private synchronized void endOverdue() {
    for (UnderWay one : List.copyOf(underWay.values())) {
      boolean overdue =
          switch (one.phase()) {
            case READING -> one.lasted().compareTo(limits.reading()) >= 0;
            case ANSWERING -> false;
            case WRITING -> one.lasted().compareTo(limits.writing()) >= 0;
          };
      if (overdue) {
        end(one);
      }
    }
  }

  private void end(UnderWay one) {
    underWay.remove(one.thread());
    one.thread().interrupt();
  }

  private synchronized void remove(Thread thread) {
    underWay.remove(thread);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// Ends all requests.
  @Override
  public synchronized void close() {
    closed = true;
    watch.interrupt();
    List.copyOf(underWay.values()).forEach(this::end);
  }
}
