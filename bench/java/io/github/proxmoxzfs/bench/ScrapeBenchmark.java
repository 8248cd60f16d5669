package io.github.proxmoxzfs.bench;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.Exposition;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a scrape costs us: from the answers' bytes to the exposition's bytes, without the wire. One
/// operation is one scrape of a whole cluster.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScrapeBenchmark {
  private static final Duration FORGET_AFTER = Duration.ofDays(7);

  /// How many pools the cluster has.
  @Param({"1", "100", "2000"})
  public int pools;

  /// Clusters that take turns, so that each shape of pool has the same share whatever the number of
  /// pools: one for each shape where a cluster has one pool only.
  private List<RecordedCluster> clusters = List.of();

  private int next;

  private final ClusterMemory memory =
      ClusterMemory.of(
          "bench", FORGET_AFTER, Optional.empty(), InstantSource.fixed(RecordedCluster.RECEIVED));

  /// Composes the answers.
  @Setup
  public void compose() {
    int nodes =
        switch (pools) {
          case 1 -> 1;
          case 100 -> 10;
          case 2000 -> 50;
          default -> throw new IllegalArgumentException("no number of nodes for " + pools);
        };
    int shapes = RecordedPool.ALL.size();
    clusters =
        IntStream.range(0, pools == 1 ? shapes : 1)
            .mapToObj(firstShape -> RecordedCluster.of(pools, nodes, firstShape))
            .toList();
  }

  /// The format that every Prometheus reads.
  @Benchmark
  public long prometheusText() throws IOException {
    return write(PrometheusTextFormatWriter.create());
  }

  /// The format that Prometheus asks for.
  @Benchmark
  public long openMetrics() throws IOException {
    return write(OpenMetricsTextFormatWriter.create());
  }

  private long write(ExpositionFormatWriter writer) throws IOException {
    RecordedCluster cluster = clusters.get(next);
    next = (next + 1) % clusters.size();
    ClusterSnapshot snapshot = memory.recall(cluster.read());
    Exposition.Whole exposition = ClusterMetrics.of(snapshot, ClusterMetrics.collectors()).whole();
    if (!exposition.droppedDuplicates().isEmpty()) {
      throw new IllegalStateException("the composed pools are not all different");
    }
    var checksum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    writer.write(checksum, exposition.families(), EscapingScheme.UNDERSCORE_ESCAPING);
    return checksum.getChecksum().getValue();
  }
}
