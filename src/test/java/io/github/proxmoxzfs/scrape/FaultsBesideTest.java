package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.faults.Metrics;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each fault of each question that is asked beside the pools', in a time that is played: it costs
/// its own series, nothing is made up, the reason is told, and once the fault is over nothing is
/// missing. `-Dgolden.write=true` writes anew what is lost, and the table of `docs/faults.md`.
class FaultsBesideTest {
  private static final Path LOST = Path.of("src/test/resources/faults");
  private static final Path TABLE = LOST.resolve("beside.md");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");
  private static final Set<String> ALL =
      Arrays.stream(Collector.values()).map(Collector::label).collect(Collectors.toSet());

  /// How often is scraped until all has been asked, and what is held back for a while has too.
  private static final int SCRAPES = 2;

  /// What may be there beside the series of a healthy scrape, or have another value.
  private static final Pattern TELLS_OF_THE_FAULT =
      Pattern.compile(
          "(proxmox_zfs_exporter_(failure|node_stuck_requests)|zfs_scrape_collector_success"
              + "|pve_disk_smart_failure|zfs_vdev_info\\{.*,serial=\"\",)\\{?.*");

  /// As exact as what is told of a fault need be: not when something was read, nor how long it
  /// took.
  private static final Pattern OF_A_MOMENT =
      Pattern.compile("(.*_timestamp_seconds.*|zfs_scrape_.*duration.*) \\S+");

  private static Metrics whole = Metrics.of("");
  private static final Map<Question, Map<String, String>> REASONS = new TreeMap<>();

  /// A question, of the cluster or of one node.
  enum Question {
    DISKS("/nodes/pve2/disks/list"),
    SMART("/nodes/pve2/disks/smart"),
    REPLICATION("/cluster/replication"),
    REPORTS("/nodes/pve2/replication"),
    STORAGE("/cluster/resources?type=storage"),
    DATASETS("/storage"),
    PERMISSIONS("/access/permissions"),
    VERSIONS("/nodes/pve2/apt/versions");

    private final String path;

    Question(String path) {
      this.path = path;
    }

    Path lost() {
      return LOST.resolve("beside-" + label() + ".txt");
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What is answered.
  ///
  /// @param hangs whether the node may be at it for ever
  private record Fault(String description, Answer answer, boolean hangs) {}

  private static final Fault ERROR =
      new Fault("500 with a text", Answer.error(500, "it broke"), false);

  private static final List<Fault> FAULTS =
      List.of(
          ERROR,
          new Fault(
              "no answer, the connection stays open",
              Answer.json("{}").delivered(new Answer.Delivery.Silence()),
              true),
          new Fault(
              "596 Connection timed out, after 30 s",
              Answer.empty(596, "Connection timed out").delayed(Duration.ofSeconds(30)),
              true),
          new Fault("595 Connection refused", Answer.empty(595, "Connection refused"), false),
          new Fault("403", Answer.error(403, "Permission check failed"), false),
          new Fault(
              "200 with a page of HTML",
              Answer.html("<!doctype html><title>Log in</title>"),
              false),
          new Fault("200 with data of another type", Answer.json("{\"data\":17}"), false));

  private static Metrics metrics(ClusterSnapshot snapshot) {
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text,
              ClusterMetrics.of(snapshot, ALL).families(),
              EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Metrics.of(
        text.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> OF_A_MOMENT.matcher(line).replaceFirst("$1 (then)"))
            .collect(Collectors.joining("\n")));
  }

  /// What is told once all has been asked.
  private static Metrics told(PlayedCluster cluster) {
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      cluster.scrape();
      cluster.settle();
      cluster.pass(Duration.ofSeconds(15));
    }
    return metrics(cluster.scrape());
  }

  @BeforeAll
  static void scrapeWhole() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      whole = cluster.time.play(() -> told(cluster));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFaultCostsItsOwnSeriesAndSaysWhy(Question question) throws IOException {
    for (Fault fault : FAULTS) {
      try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
        cluster.simulator.answer(question.path, fault.answer());
        Metrics during = cluster.time.play(() -> told(cluster));
        Set<String> difference = during.differenceTo(whole);
        Set<String> reasons = during.labels("proxmox_zfs_exporter_failure", "reason");
        REASONS
            .computeIfAbsent(question, _ -> new TreeMap<>())
            .put(fault.description(), reasons.isEmpty() ? "-" : String.join(" ", reasons));
        if (question == Question.DISKS && fault.hangs()) {
          // The node runs zpool for its disks: it counts as one whose zfs requests hang.
          assertThat(difference)
              .as("%s: %s", question, fault.description())
              .allMatch(line -> line.contains("node=\"pve2\"") || line.contains("id=\"204-0\""));
        } else {
          assertThat(difference)
              .as("%s: %s", question, fault.description())
              .filteredOn(line -> !line.startsWith("- "))
              .allMatch(line -> TELLS_OF_THE_FAULT.matcher(line.substring(2)).matches());
          checkLost(question, fault, difference);
        }
        cluster.simulator.restore(question.path);
        Metrics after =
            cluster.time.play(
                () -> {
                  cluster.pass(Duration.ofMinutes(11));
                  if (question == Question.SMART) { // and then the disks are listed once more
                    told(cluster);
                    cluster.pass(Duration.ofMinutes(11));
                  }
                  return told(cluster);
                });
        if (question == Question.SMART && fault.hangs()) {
          assertThat(after.labels("pve_disk_smart_failure", "reason"))
              .as("%s: no SMART until the node restarts", fault.description())
              .contains("stuck");
        } else {
          assertThat(after.differenceTo(whole))
              .as("%s: %s, after", question, fault.description())
              .isEmpty();
        }
      }
    }
  }

  /// What is missing, whatever the reason, and which source is said to have failed.
  private static void checkLost(Question question, Fault fault, Set<String> difference)
      throws IOException {
    Set<String> lost =
        difference.stream()
            .filter(line -> line.startsWith("- ") || line.startsWith("~ zfs_scrape_collector"))
            .filter(line -> !line.contains("collector=\"pools\""))
            .collect(Collectors.toCollection(TreeSet::new));
    if (WRITE && fault.equals(ERROR)) {
      Files.write(question.lost(), lost);
    }
    assertThat(lost)
        .as("%s: %s", question, fault.description())
        .containsExactlyInAnyOrderElementsOf(Files.readAllLines(question.lost()));
  }

  @AfterAll
  static void writeTable() throws IOException {
    if (WRITE) {
      Files.writeString(TABLE, table());
    }
  }

  private static String table() {
    var lines = new ArrayList<String>();
    lines.add(
        Arrays.stream(Question.values())
            .map(Question::label)
            .collect(Collectors.joining(" | ", "| | ", " |")));
    lines.add("|---|" + "---|".repeat(Question.values().length));
    for (Fault fault : FAULTS) {
      lines.add(
          REASONS.values().stream()
              .map(reasons -> reasons.getOrDefault(fault.description(), "?"))
              .map(reason -> reason.equals("-") ? "–" : "`" + reason + "`")
              .collect(Collectors.joining(" | ", "| " + fault.description() + " | ", " |")));
    }
    return String.join("\n", lines) + "\n";
  }
}
