package io.github.proxmoxzfs.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.github.proxmoxzfs.faults.Sockets;
import io.github.proxmoxzfs.sim.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this process holds.
///
/// @param threads platform and virtual ones, by name, numbers left out; not those that a pool keeps
///   for a minute
/// @param descriptors open files and sockets
/// @param toSimulators connections that the exporter holds open to Proxmox
/// @param atSimulators connections that the simulators hold open
/// @param toExporter connections that clients hold open
/// @param heapBytes what is reachable
record Possessions(
    SortedMap<String, Long> threads,
    long descriptors,
    long toSimulators,
    long atSimulators,
    long toExporter,
    long heapBytes) {
  private static final Pattern NAME = Pattern.compile("\"name\": \"(.*)\"");

  /// What the JDK and the test's own machinery keep, or let go of when they like.
  private static final Pattern OF_THE_JDK =
      Pattern.compile(
          "HttpClient-#-Worker-#|ForkJoinPool.*|C#.*|VirtualThread.*|Common-Cleaner|.*Compiler.*"
              + "|junit-.*|surefire.*|process reaper.*|Attach Listener|MasterPoller|SubPoller-#|.*-Poller|");

  static Possessions of(Landscape landscape) {
    landscape.simulators().forEach(Simulator::forgetRequests);
    return new Possessions(
        threadsByName(),
        descriptorCount(),
        landscape.simulators().stream()
            .mapToLong(one -> Sockets.openTo(one.endpoint().getPort()))
            .sum(),
        landscape.simulators().stream().mapToLong(one -> one.traffic().connectionsOpen()).sum(),
        Sockets.openTo(landscape.port()),
        reachable());
  }

  private static long descriptorCount() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The dump has virtual threads too.
  static SortedMap<String, Long> threadsByName() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.json");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
      try (Stream<String> lines = Files.lines(dump)) {
        return lines
            .map(NAME::matcher)
            .filter(matcher -> matcher.find())
            .map(matcher -> matcher.group(1).replaceAll("\\d+", "#"))
            .filter(name -> !OF_THE_JDK.matcher(name).matches())
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
      } finally {
        Files.delete(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long reachable() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /// This and what is made once at need and then kept: for a cluster of several endpoints an HTTP
  /// client that connects in a hurry, which has a thread, a selector and what wakes it.
  Possessions withHastyClient() {
    var more = new TreeMap<>(threads);
    more.merge("HttpClient-#-SelectorManager", 1L, Long::sum);
    return new Possessions(
        more, descriptors + 3, toSimulators, atSimulators, toExporter, heapBytes);
  }

  /// Threads that there are more of than before, and how many more.
  Map<String, Long> threadsBeyond(Possessions before) {
    var more = new TreeMap<String, Long>();
    threads.forEach(
        (name, count) -> {
          long added = count - before.threads.getOrDefault(name, 0L);
          if (added > 0) {
            more.put(name, added);
          }
        });
    return more;
  }

  /// Whether nothing is held that was not held before; memory aside.
  boolean isBackTo(Possessions before) {
    return threadsBeyond(before).isEmpty()
        && descriptors <= before.descriptors
        && toSimulators <= before.toSimulators
        && atSimulators <= before.atSimulators
        && toExporter <= before.toExporter;
  }

  @Override
  public String toString() {
    return "threads %d, descriptors %d, connections to Proxmox %d (there %d), of clients %d, heap %d KiB"
        .formatted(
            threads.values().stream().mapToLong(Long::longValue).sum(),
            descriptors,
            toSimulators,
            atSimulators,
            toExporter,
            heapBytes / 1024);
  }
}
