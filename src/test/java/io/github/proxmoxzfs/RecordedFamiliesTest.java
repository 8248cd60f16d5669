package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.Recording.RecordedPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All families of the collectors `pool`, `scan` and `vdev`, of each recorded state of real pools
/// and read over HTTPS as in production, against what ZFS itself says in its JSON (of 2.1, which
/// prints none, in its texts): no series less, none more, no other value, but for what
/// [Unavoidable] lists.
class RecordedFamiliesTest {
  private static final Pattern OURS = Pattern.compile("zfs_(pool|vdev)_.*");
  private static final Pattern POOL = Pattern.compile("pool=\"([^\"]*)\"");

  /// Families that no recorded state can show, as each was understood and could be read.
  private static final Set<String> NEVER_RECORDED =
      Set.of("zfs_pool_failure", "zfs_pool_unknown_text");

  static List<Recording> states() {
    return Recording.all();
  }

  @ParameterizedTest
  @MethodSource("states")
  void whatWeTellIsWhatZfsKnows(Recording state) {
    Map<String, Double> zfs = known(state);
    Map<String, Double> ours = told(state);
    var all = new TreeSet<>(zfs.keySet());
    all.addAll(ours.keySet());

    var differences = new ArrayList<String>();
    var needed = EnumSet.noneOf(Unavoidable.class);
    for (String series : all) {
      if (!Objects.equals(zfs.get(series), ours.get(series))) {
        Optional<Unavoidable> explanation =
            concerning(state).stream()
                .filter(unavoidable -> unavoidable.explains(series, zfs, ours))
                .findFirst();
        explanation.ifPresentOrElse(
            needed::add,
            () ->
                differences.add(series + ": ZFS " + zfs.get(series) + ", we " + ours.get(series)));
      }
    }

    assertThat(differences).isEmpty();
    assertThat(needed)
        .as("the unavoidable differences that list the state")
        .containsExactlyInAnyOrderElementsOf(concerning(state));
  }

  @Test
  void noStateIsMissing() {
    List<String> states = states().stream().map(Recording::toString).toList();
    assertThat(states).hasSizeGreaterThan(70);
    assertThat(states).anyMatch(state -> state.startsWith("2.1.11/"));
    assertThat(states).anyMatch(state -> state.startsWith("2.3.9/"));
  }

  @Test
  void unavoidableDifferencesNameStatesThatThereAre() {
    for (Unavoidable unavoidable : Unavoidable.values()) {
      assertThat(unavoidable.statePatterns())
          .as(unavoidable.toString())
          .allSatisfy(
              pattern ->
                  assertThat(states())
                      .anyMatch(
                          state ->
                              Unavoidable.matches(
                                  pattern.replaceFirst("^-", ""), state.toString())));
    }
  }

  @Test
  void noFamilyIsLeftOut() throws IOException {
    Set<String> expected =
        states().stream()
            .flatMap(state -> known(state).keySet().stream())
            .map(RecordedFamiliesTest::family)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.addAll(NEVER_RECORDED);
    // It comes of the API only: the counter's letter is lost.
    expected.add("zfs_vdev_errors_approximate");
    // It comes of the node's list of disks, which was not recorded with the pools.
    expected.add("zfs_vdev_disk_present");
    String page = Files.readString(Path.of("docs/metrics.md"));
    String sections = page.substring(page.indexOf("\n## `pool`"), page.indexOf("\n## Always"));
    assertThat(
            Pattern.compile("(?m)^\\| `(zfs_(?:pool|vdev)_\\w+)`")
                .matcher(sections)
                .results()
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<Unavoidable> concerning(Recording state) {
    return Arrays.stream(Unavoidable.values())
        .filter(unavoidable -> unavoidable.concerns(state.toString()))
        .toList();
  }

  private static Map<String, Double> known(Recording state) {
    var known = new TreeMap<String, Double>();
    for (RecordedPool pool : state.pools()) {
      known.putAll(
          ExpectedSeries.of(
              state.truthOf(pool),
              state.listRowOf(pool),
              (double) state.recordedAt().getEpochSecond()));
    }
    return known;
  }

  /// What we tell of the recorded pools; the list of a state with odd names has more.
  private static Map<String, Double> told(Recording state) {
    Set<String> pools =
        state.pools().stream().map(pool -> pool.name().strip()).collect(Collectors.toSet());
    var told = new TreeMap<>(state.scrape());
    told.keySet()
        .removeIf(
            series ->
                !OURS.matcher(series).matches()
                    || POOL.matcher(series).results().noneMatch(p -> pools.contains(p.group(1))));
    return told;
  }

  private static String family(String series) {
    return series.substring(0, series.indexOf('['));
  }
}
