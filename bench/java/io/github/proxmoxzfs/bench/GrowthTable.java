package io.github.proxmoxzfs.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/// What a pool costs by the number of pools, and the ratios of these costs, as a Markdown table.
final class GrowthTable {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  /// The cost of a pool by what was measured, then by the number of pools, one for each round.
  private final Map<String, TreeMap<Integer, List<Double>>> costs = new TreeMap<>();

  /// Adds a round.
  void add(Collection<RunResult> round) {
    for (RunResult result : round) {
      String benchmark = result.getPrimaryResult().getLabel();
      int pools = Integer.parseInt(result.getParams().getParam("pools"));
      List<IterationResult> iterations =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .toList();
      // Medians, since a load beside us makes single iterations slow.
      double time = median(secondary(iterations, CpuTime.RESULT));
      double bytes = median(secondary(iterations, ALLOCATION));
      add(benchmark + ", CPU time (µs)", pools, time / pools);
      add(benchmark + ", allocation (bytes)", pools, bytes / pools);
    }
  }

  private static List<Double> secondary(List<IterationResult> iterations, String name) {
    return iterations.stream().map(it -> it.getSecondaryResults().get(name).getScore()).toList();
  }

  private void add(String measured, int pools, double costOfPool) {
    costs
        .computeIfAbsent(measured, _ -> new TreeMap<>())
        .computeIfAbsent(pools, _ -> new ArrayList<>())
        .add(costOfPool);
  }

  /// The table. Costs are medians over the rounds; a ratio is the median of the rounds' ratios,
  /// with the least and the greatest of them.
  String text() {
    List<Integer> sizes =
        costs.values().stream().flatMap(it -> it.keySet().stream()).distinct().sorted().toList();
    List<Pair> pairs = pairs(sizes);
    var head = new ArrayList<String>(List.of("a pool in a cluster of"));
    sizes.forEach(size -> head.add(String.valueOf(size)));
    pairs.forEach(pair -> head.add(pair.larger() + " : " + pair.smaller()));
    var lines = new ArrayList<String>();
    lines.add(row(head));
    lines.add("|" + "---|".repeat(head.size()));
    costs.forEach((measured, byPools) -> lines.add(row(cells(measured, byPools, sizes, pairs))));
    return String.join("\n", lines) + "\n";
  }

  private record Pair(int smaller, int larger) {}

  private static List<Pair> pairs(List<Integer> sizes) {
    return sizes.stream()
        .flatMap(
            smaller ->
                sizes.stream()
                    .filter(larger -> larger > smaller)
                    .map(larger -> new Pair(smaller, larger)))
        .toList();
  }

  private static List<String> cells(
      String measured, Map<Integer, List<Double>> byPools, List<Integer> sizes, List<Pair> pairs) {
    var cells = new ArrayList<String>(List.of(measured));
    for (int size : sizes) {
      cells.add(String.format(Locale.ROOT, "%.0f", median(rounds(byPools, size))));
    }
    for (Pair pair : pairs) {
      List<Double> smaller = rounds(byPools, pair.smaller());
      List<Double> larger = rounds(byPools, pair.larger());
      List<Double> ratios =
          IntStream.range(0, Math.min(smaller.size(), larger.size()))
              .mapToObj(round -> larger.get(round) / smaller.get(round))
              .sorted()
              .toList();
      cells.add(
          String.format(
              Locale.ROOT,
              "%.2f (%.2f–%.2f)",
              median(ratios),
              ratios.getFirst(),
              ratios.getLast()));
    }
    return cells;
  }

  private static List<Double> rounds(Map<Integer, List<Double>> byPools, int size) {
    return byPools.getOrDefault(size, List.of());
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
