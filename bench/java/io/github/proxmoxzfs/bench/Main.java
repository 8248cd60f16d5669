package io.github.proxmoxzfs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
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
  /// The options of Java of the image.
  private static final Path OPTIONS = Path.of("src/packaging/java.options");

  private Main() {}

  /// Runs them.
  ///
  /// @param args how many rounds; then options of JMH, which win over ours
  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
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

  private static Collection<String> imageOptions() throws IOException {
    try (Stream<String> lines = Files.lines(OPTIONS)) {
      Stream<String> ours = lines.filter(line -> line.startsWith("-"));
      return Stream.concat(ours, Stream.of("--sun-misc-unsafe-memory-access=allow")).toList();
    }
  }

  private static Options options(Options given) throws IOException {
    return new OptionsBuilder()
        .parent(given)
        .forks(given.getForkCount().orElse(1))
        .warmupIterations(given.getWarmupIterations().orElse(3))
        .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(2)))
        .measurementIterations(given.getMeasurementIterations().orElse(5))
        .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(2)))
        .addProfiler(GCProfiler.class)
        .addProfiler(CpuTime.class)
        .jvmArgs(given.getJvmArgs().orElse(imageOptions()).toArray(String[]::new))
        .shouldFailOnError(true)
        .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
        .build();
  }
}
