package io.github.proxmoxzfs.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks and prints what one pool costs in a cluster of many, against a cluster of
/// one.
///
/// Everything is measured in several rounds, each in processes of its own and all within some
/// minutes: a ratio is taken within a round and the median of the rounds is told, so that a load
/// beside us that comes and goes does not look like growth.
final class Main {
  /// The flags of the script `exporter`.
  private static final Collection<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms8m",
          "-Xmx128m",
          "-Xss256k",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-UsePerfData",
          "--sun-misc-unsafe-memory-access=allow");

  private Main() {}

  /// Runs them.
  ///
  /// @param args how many rounds; then options of JMH, which win over ours
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    int rounds = Integer.parseInt(args[0]);
    var given =
        new CommandLineOptions(List.of(args).subList(1, args.length).toArray(String[]::new));
    var table = new GrowthTable();
    for (int round = 1; round <= rounds; round++) {
      System.out.printf("Round %d of %d%n", round, rounds);
      table.add(new Runner(options(given)).run());
    }
    System.out.println();
    System.out.print(table.text());
  }

  private static Options options(Options given) {
    return new OptionsBuilder()
        .parent(given)
        .forks(given.getForkCount().orElse(1))
        .warmupIterations(given.getWarmupIterations().orElse(3))
        .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(2)))
        .measurementIterations(given.getMeasurementIterations().orElse(5))
        .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(2)))
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTime.class)
        .jvmArgs(given.getJvmArgs().orElse(JVM_FLAGS).toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
        .build();
  }
}
