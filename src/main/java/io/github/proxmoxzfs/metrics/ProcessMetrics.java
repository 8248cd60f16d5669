package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The exporter's own process, in the names that all exporters use.
///
/// Read from `/proc` and the runtime rather than through JMX, which costs memory; what a system
/// does not tell is absent.
public final class ProcessMetrics {
  private static final Path PROC = Path.of("/proc/self");
  private static final Path SYSTEM_STATISTICS = Path.of("/proc/stat");
  private static final double BYTES_PER_KIBIBYTE = 1024;

  private final String version;

  /// Metrics of this process.
  ///
  /// @param version the version of the program
  public ProcessMetrics(String version) {
    this.version = version;
  }

  /// Reads the process as it is now.
  ///
  /// @param lastReadGood whether the configuration was right when it was last read
  /// @param configuredAt when the configuration was read that is in use
  public MetricSnapshots families(boolean lastReadGood, Instant configuredAt) {
    var families = new ArrayList<MetricSnapshot>();
    families.add(buildInfo());
    families.addAll(configuration(lastReadGood, configuredAt));
    // One look: each reads several files.
    ProcessHandle.Info process = ProcessHandle.current().info();
    process
        .totalCpuDuration()
        .map(Seconds::of)
        .ifPresent(
            seconds ->
                families.add(
                    counter(
                        "process_cpu_seconds",
                        "Total user and system CPU time spent in seconds.",
                        seconds)));
    startedAt(SYSTEM_STATISTICS, process)
        .map(Instant::toEpochMilli)
        .map(milliseconds -> Seconds.of(Duration.ofMillis(milliseconds)))
        .ifPresent(
            seconds ->
                families.add(
                    gauge(
                        "process_start_time_seconds",
                        "Start time of the process since the epoch in seconds.",
                        seconds)));
    statusBytes("VmRSS:")
        .ifPresent(
            bytes ->
                families.add(
                    gauge(
                        "process_resident_memory_bytes", "Resident memory size in bytes.", bytes)));
    openFileDescriptors()
        .ifPresent(
            count ->
                families.add(gauge("process_open_fds", "Number of open file descriptors.", count)));
    families.addAll(memory());
    return new MetricSnapshots(families);
  }

  private InfoSnapshot buildInfo() {
    return InfoSnapshot.builder()
        .name("proxmox_zfs_exporter_build")
        .help("1, with the version of the exporter and of the Java runtime.")
        .dataPoint(
            InfoDataPointSnapshot.builder()
                .labels(Labels.of("version", version, "java_version", Runtime.version().toString()))
                .build())
        .build();
  }

  private static List<MetricSnapshot> configuration(boolean lastReadGood, Instant configuredAt) {
    return List.of(
        gauge(
            "proxmox_zfs_exporter_config_last_reload_successful",
            "Whether the last attempt to read the configuration, that of --web.config.file too,"
                + " succeeded (1) or not (0).",
            lastReadGood ? 1 : 0),
        gauge(
            "proxmox_zfs_exporter_config_last_reload_success_timestamp_seconds",
            "When the configuration in use was read, in seconds since the epoch.",
            Seconds.ofEpoch(configuredAt)));
  }

  private static List<MetricSnapshot> memory() {
    Runtime runtime = Runtime.getRuntime();
    return List.of(
        gauge(
            "jvm_memory_heap_used_bytes",
            "Heap in use, garbage included, in bytes.",
            runtime.totalMemory() - (double) runtime.freeMemory()),
        gauge(
            "jvm_memory_heap_max_bytes",
            "Most heap there may be, in bytes.",
            (double) runtime.maxMemory()));
  }

  private static GaugeSnapshot gauge(String name, String help, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  private static CounterSnapshot counter(String name, String help, double value) {
    return CounterSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
        .build();
  }

  /// When the process was started. Java adds up when the system was, which it takes from
  /// `/proc/stat`, and how long after that the process was; where a service is not shown that file
  /// (systemd's `ProcSubset=pid`), it takes the first for 1970.
  static Optional<Instant> startedAt(Path systemStatistics, ProcessHandle.Info process) {
    return Files.isReadable(systemStatistics) ? process.startInstant() : Optional.empty();
  }

  private static OptionalDouble statusBytes(String field) {
    try (Stream<String> lines = Files.lines(PROC.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToDouble(
              line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIBIBYTE)
          .findFirst();
    } catch (IOException | RuntimeException _) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble openFileDescriptors() {
    try (Stream<Path> descriptors = Files.list(PROC.resolve("fd"))) {
      // The listing itself holds one.
      return OptionalDouble.of(descriptors.count() - 1.0);
    } catch (IOException | RuntimeException _) {
      return OptionalDouble.empty();
    }
  }
}
