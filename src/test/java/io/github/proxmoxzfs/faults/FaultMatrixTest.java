package io.github.proxmoxzfs.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each fault in each phase over real TLS, with one endpoint and with two: the scrape is answered
/// in time, loses what the fault concerns and nothing else, and says why; and once the fault is
/// over nothing is missing. `-Dgolden.write=true` writes anew what is lost in each phase.
class FaultMatrixTest {
  private static final int AT_A_TIME = 12;

  /// What a scrape has beyond its deadline, for writing its answer.
  private static final Duration MARGIN = Duration.ofMillis(500);

  /// What may be there beside the series of a healthy scrape, or have another value.
  private static final Pattern TELLS_OF_THE_FAULT =
      Pattern.compile(
          "(proxmox_zfs_exporter_(failure|cluster_up|node_up)"
              + "|zfs_scrape_collector_success|zfs_pool_(failure|up)|zfs_zpool_parsing_error)\\{?.*");

  private static final Pattern NODE_UP =
      Pattern.compile("[-+~] proxmox_zfs_exporter_node_up\\{node=\"pve2\"}(?: (.*))?");

  /// What is asked only when the scrape is over.
  private static final Pattern ASKED_BESIDE = Pattern.compile(".*/(replication|apt/versions)");

  private static final Map<Cell, Future<Cell.Outcome>> OUTCOMES = new HashMap<>();
  private static ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private static Metrics whole = Metrics.of("");

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (int endpoints = 1; endpoints <= 2; endpoints++) {
      for (Fault fault : Faults.ALL) {
        for (Phase phase : Phase.values()) {
          cells.add(new Cell(fault, phase, endpoints));
        }
      }
    }
    return cells;
  }

  @BeforeAll
  static void play() {
    Set<String> paths;
    try (var healthy = new Scene(1)) {
      whole = healthy.scrape(Duration.ofSeconds(60));
      paths =
          healthy.answered().stream()
              .filter(path -> !ASKED_BESIDE.matcher(path).matches())
              .collect(Collectors.toSet());
    }
    cells().forEach(cell -> OUTCOMES.put(cell, threads.submit(() -> cell.play(whole, paths))));
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
  }

  private static Cell.Outcome outcome(Cell cell) throws ExecutionException, InterruptedException {
    return requireNonNull(OUTCOMES.get(cell)).get();
  }

  private static final Set<String> LEFT_UNANSWERED =
      Set.of("this request alone is not answered", "status line and headers come a byte a second");

  @ParameterizedTest
  @MethodSource("cells")
  void aFaultCostsItsOwnSeriesAndSaysWhy(Cell cell) throws Exception {
    Cell.Outcome outcome = outcome(cell);
    assertThat(outcome.took()).isLessThan(outcome.allowed().plus(MARGIN));
    Set<String> reasons = outcome.during().labels("proxmox_zfs_exporter_failure", "reason");
    String reason = reasons.isEmpty() ? Fault.NOTHING : String.join(" ", reasons);
    assertThat(cell.expected()).contains(reason);
    if (reason.equals(Fault.NOTHING)) {
      assertThat(outcome.during().differenceTo(whole)).isEmpty();
    } else {
      Set<String> difference = outcome.during().differenceTo(whole);
      assertThat(nodeUp(difference)).isEqualTo(expectedNodeUp(cell.phase(), reason));
      assertThat(withoutReason(difference, reason)).isEqualTo(lost(cell.phase()));
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void nothingIsMadeUp(Cell cell) throws Exception {
    Metrics during = outcome(cell).during();
    assertThat(during.differenceTo(whole))
        .filteredOn(line -> !line.startsWith("- "))
        .allMatch(line -> TELLS_OF_THE_FAULT.matcher(line.substring(2)).matches());
  }

  @ParameterizedTest
  @MethodSource("cells")
  void nothingIsMissingOnceTheFaultIsOver(Cell cell) throws Exception {
    Metrics after = outcome(cell).after();
    if (mayHangOn(cell)) {
      assertThat(after.labels("proxmox_zfs_exporter_failure", "reason")).containsExactly("stuck");
    } else {
      assertThat(after.differenceTo(whole)).isEmpty();
    }
  }

  /// The end of the fault closes a connection whose zfs request the node left unanswered while the
  /// endpoint answered others: its worker may hang, and counts as stuck.
  private static boolean mayHangOn(Cell cell) {
    return (cell.phase() == Phase.LIST || cell.phase() == Phase.DETAIL)
        && LEFT_UNANSWERED.contains(cell.fault().description());
  }

  /// The value of the node's `node_up`; of a healthy one it is 1.
  private static String nodeUp(Set<String> difference) {
    return difference.stream()
        .map(NODE_UP::matcher)
        .filter(line -> line.matches())
        .map(line -> line.group(1) == null ? "absent" : line.group(1))
        .findFirst()
        .orElse("1.0");
  }

  /// Whether the node answered, as far as one can tell.
  private static String expectedNodeUp(Phase phase, String reason) {
    return switch (phase) {
      case LOGIN, NODES -> "absent";
      case LIST ->
          switch (reason) {
            case "api_error", "malformed" -> "1.0";
            case "forbidden", "unauthorized" -> "absent";
            default -> "0.0";
          };
      case DETAIL, TIME -> "1.0";
    };
  }

  private static Set<String> withoutReason(Set<String> difference, String reason) {
    return difference.stream()
        .filter(line -> !NODE_UP.matcher(line).matches())
        .map(line -> line.replace("reason=\"" + reason + "\"", "reason=\"<reason>\""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> lost(Phase phase) throws IOException {
    return new TreeSet<>(Files.readAllLines(file(phase)));
  }

  private static Path file(Phase phase) {
    return Path.of("src/test/resources/faults", phase.label() + ".txt");
  }

  @ParameterizedTest
  @EnumSource
  void aPhaseCostsTheseSeries(Phase phase) throws Exception {
    Fault notAuthorized =
        Faults.ALL.stream()
            .filter(fault -> fault.description().equals("401"))
            .findFirst()
            .orElseThrow();
    Set<String> lost =
        withoutReason(
            outcome(new Cell(notAuthorized, phase, 1)).during().differenceTo(whole),
            "unauthorized");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file(phase).getParent());
      Files.write(file(phase), lost);
    }
    assertThat(lost).isEqualTo(lost(phase));
  }
}
