package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.pve.ZfsGuard;
import io.github.proxmoxzfs.recording.Recording;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is recorded of a cluster replays as that cluster with other names.
class RecordedScenarioTest {
  @TempDir private Path scratch;

  static Set<String> scenarios() {
    return new TreeSet<>(Scenario.names().keySet());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theMetricsAreTheSameUpToTheNames(String name) throws IOException {
    Scenario original = Scenario.named(name);
    var recording = record(original);
    String expected = renamed(metrics(original), recording.replacements());
    String replayed = metrics(Scenario.ofFolder(scratch));
    var missing = new ArrayList<>(lines(expected));
    missing.removeAll(lines(replayed));
    var added = new ArrayList<>(lines(replayed));
    added.removeAll(lines(expected));
    assertThat(added).isEqualTo(missing);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noNodeAndNoSerialNumberIsTold(String name) throws IOException {
    Scenario original = Scenario.named(name);
    record(original);
    Set<String> secrets = new TreeSet<>();
    original.nodes().forEach(node -> secrets.add(node.name()));
    secrets.addAll(serials(metrics(original)));
    try (Stream<Path> files = Files.walk(scratch)) {
      // Versions of Proxmox's packages end with -pve1, which is a node's name here too.
      List<Path> written =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith(Path.of("apt/versions.json")))
              .toList();
      for (Path file : written) {
        assertThat(scratch.relativize(file) + "\n" + Files.readString(file))
            .doesNotContainPattern(
                "(?<![A-Za-z0-9])(?:" + String.join("|", secrets) + ")(?![A-Za-z0-9])")
            .doesNotContain("fingerprint", "ticket");
      }
    }
  }

  private Recording record(Scenario scenario) throws IOException {
    var recording = new Recording();
    InstantSource clock = InstantSource.fixed(SimulatedScrape.NOW);
    try (var simulator = Simulator.start(scenario, SimulatorOptions.forTests().withClock(clock));
        var scraper = scraper(simulator, clock, listener(recording))) {
      scraper.collect(Deadline.after(Duration.ofSeconds(30)));
      scraper.settle(Deadline.after(Duration.ofSeconds(30)));
    }
    recording.write(
        scratch,
        SimulatedScrape.NOW,
        Optional.of(scenario.nodes().getFirst().name()),
        List.of("127.0.0.1"),
        "recorded");
    return recording;
  }

  private static ClusterScraper scraper(
      Simulator simulator, InstantSource clock, AnswerListener listener) {
    var id = Credentials.MONITOR_TOKEN.split("=", 2);
    var cluster =
        ClusterConfiguration.of(
                "simulated",
                List.of(simulator.endpoint()),
                new Credential.Token(id[0], new Secret(id[1])),
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
            .withRequests(new Requests(2, 8, Duration.ZERO));
    return ClusterScraper.of(cluster, fingerprint -> fingerprint, clock, listener, ZfsGuard.NONE);
  }

  private static AnswerListener listener(Recording recording) {
    return new AnswerListener() {
      @Override
      public void answered(String path, int status, byte[] body) {
        recording.answered(decoded(path), status, body);
      }

      @Override
      public void unanswered(String path) {
        recording.unanswered(decoded(path));
      }
    };
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path, StandardCharsets.UTF_8);
  }

  private static String metrics(Scenario scenario) {
    try (var scrape = new SimulatedScrape(scenario, SimulatedScrape.NOW)) {
      return scrape.metrics();
    }
  }

  /// The values of labels with each original replaced, longest first.
  private static String renamed(String metrics, Map<String, String> replacements) {
    List<Map.Entry<String, String>> longestFirst =
        replacements.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                    (Map.Entry<String, String> entry) -> -entry.getKey().length()))
            .toList();
    return Pattern.compile(
            "(?<=\\b(?:node|name|pool|vdev|parent|guid|model|serial|serial_number|wwn|dataset|storage|source|target|device)=\")[^\"]*")
        .matcher(metrics)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(renamed(match.group(), longestFirst)));
  }

  private static String renamed(String value, List<Map.Entry<String, String>> replacements) {
    var pieces = new ArrayList<String>();
    String marked = value;
    for (Map.Entry<String, String> entry : replacements) {
      String pattern =
          "(?<![A-Za-wyz0-9\uE000])" + Pattern.quote(entry.getKey()) + "(?![A-Za-z0-9\uE001])";
      if (Pattern.compile(pattern).matcher(marked).find()) {
        pieces.add(entry.getValue());
        marked = marked.replaceAll(pattern, "\uE000" + (char) (0xE100 + pieces.size()) + "\uE001");
      }
    }
    for (int i = 0; i < pieces.size(); i++) {
      marked = marked.replace("\uE000" + (char) (0xE101 + i) + "\uE001", pieces.get(i));
    }
    return marked;
  }

  private static Set<String> serials(String metrics) {
    return Pattern.compile("/dev/disk/by-id/[a-z]+-[^\"]*_([A-Z0-9]{6,})(?:-part\\d+)?\"")
        .matcher(metrics)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static List<String> lines(String metrics) {
    return metrics
        .lines()
        .filter(line -> !line.startsWith("#") && !line.contains("duration_seconds{node=\"\""))
        .filter(line -> !line.startsWith("zfs_scrape_collector_duration_seconds"))
        .sorted()
        .toList();
  }
}
