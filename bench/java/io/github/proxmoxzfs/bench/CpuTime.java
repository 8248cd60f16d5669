package io.github.proxmoxzfs.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/// The CPU time of the whole process per operation, garbage collection included. Unlike the time
/// that passed it does not grow when other processes want the processor too.
public final class CpuTime implements InternalProfiler {
  /// The name of the result, in microseconds per operation.
  static final String RESULT = "cpu.time.norm";

  private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private long before;

  @Override
  public String getDescription() {
    return "CPU time per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = system.getProcessCpuTime();
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double spent = system.getProcessCpuTime() - before;
    long operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult(
            RESULT,
            spent / NANOSECONDS_PER_MICROSECOND / operations,
            "us/op",
            AggregationPolicy.AVG));
  }
}
