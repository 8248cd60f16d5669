package io.github.proxmoxzfs.bench.scrape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What some who collect the same cluster took, round by round in turn, so that a load beside us
/// that comes and goes meets all of them alike.
///
/// @param costs by who, then by round
record Rounds(List<List<Cost>> costs) {
  /// How many scrapes find the state that the following ones leave as they found it.
  private static final int SETTLING = 4;

  static Rounds of(List<? extends Scraped> all, ClusterProcess cluster, int rounds, int scrapes)
      throws IOException, InterruptedException {
    var costs = new ArrayList<List<Cost>>();
    for (Scraped one : all) {
      var _ = Cost.of(one, cluster, SETTLING);
      costs.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        costs.get(i).add(Cost.of(all.get(i), cluster, scrapes));
      }
    }
    return new Rounds(costs);
  }

  /// What one took in all rounds.
  Cost sum(int index) {
    return costs.get(index).stream().reduce(Cost::plus).orElseThrow();
  }

  /// The median over the rounds of what one cost against another.
  double ratio(int index, int other, ToDoubleFunction<Cost> cost) {
    List<Cost> those = costs.get(other);
    return Median.of(
        IntStream.range(0, those.size())
            .mapToObj(
                round ->
                    cost.applyAsDouble(costs.get(index).get(round))
                        / cost.applyAsDouble(those.get(round)))
            .toList());
  }
}
