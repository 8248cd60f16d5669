package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.page.ClusterPage;
import io.github.proxmoxzfs.page.Frame;
import io.github.proxmoxzfs.page.IndexPage;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.status.ClusterStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each scenario as the page at the root shows it. After `-Dgolden.write=true` the files hold what
/// is shown now.
class StatusPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/page");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  static Set<String> scenarios() {
    return new TreeSet<>(Scenario.names().keySet());
  }

  private static String page(ClusterStatus status) {
    var page = new StringWriter();
    var frame = new Frame("1.2.3", "/metrics", List.of(status.cluster()));
    ClusterPage.write(status, SimulatedScrape.NOW.plusSeconds(7), frame, page);
    return page.toString();
  }

  private static String page(String scenario) {
    try (var scrape = new SimulatedScrape(Scenario.named(scenario), SimulatedScrape.NOW)) {
      return page(new ClusterStatus("home", scrape.collect(), ApiActivity.NONE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"degraded", "nodes-down"})
  void itShowsWhatTheGoldenFileShows(String scenario) throws IOException {
    String page = page(scenario).replaceAll("(?s)<style>.*</style>", "<style></style>");
    Path golden = GOLDEN.resolve(scenario + ".html");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, page);
    }
    assertThat(page).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void itAsksForNothingAndRunsNothing(String scenario) {
    assertThat(TAG.matcher(page(scenario)).results().map(MatchResult::group))
        .noneMatch(tag -> tag.matches("(?i)<(script|iframe|object|embed|img|base|form)\\b.*"))
        .noneMatch(tag -> tag.matches("(?i).*\\s(src|style|on[a-z]+)=.*"))
        .allMatch(tag -> !tag.contains("href=") || tag.matches(".*href=\"(\\./.*|data:,)\".*"));
  }

  private static ClusterStatus named(String name) {
    var failed =
        new Reading.Failed<io.github.proxmoxzfs.domain.PoolStatus>(FailureReason.API_ERROR, name);
    var pool =
        new Pool(new PoolListing(name, PoolHealth.DEGRADED, Optional.empty(), false), failed);
    var node =
        new NodeSnapshot(
            name,
            true,
            new Reading.Ok<>(List.of(pool), SimulatedScrape.NOW),
            new Reading.Skipped<>(),
            Map.of());
    return new ClusterStatus(
        name,
        new ClusterSnapshot(
            SimulatedScrape.NOW,
            new Reading.Ok<>(List.of(node), SimulatedScrape.NOW),
            Duration.ZERO),
        ApiActivity.NONE);
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page)
        .results()
        .map(tag -> tag.group().replaceAll("\"[^\"]*\"", "\"\""))
        .toList();
  }

  static List<String> hostileNames() {
    return List.of(
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style></textarea><script>alert(1)</script>",
        "javascript:alert(1)",
        "&lt;b&gt;&#60;i&#62;",
        "a\u202ecod.exe\u2066\u05d0\u0000\r\n\u001b[2J",
        "{{constructor.constructor('alert(1)')()}}<!--",
        "x".repeat(300));
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void aHostileNameIsButText(String name) {
    String page = page(named(name));
    assertThat(tags(page)).isEqualTo(tags(page(named("tank"))));
    assertThat(page.replace("\n", "").chars())
        .noneMatch(Character::isISOControl)
        .noneMatch(character -> Character.getType(character) == Character.FORMAT);
    var index = new StringWriter();
    var frame = new Frame("1.2.3", "/metrics", List.of(name, "other"));
    IndexPage.write(Map.of(name, named(name)), SimulatedScrape.NOW, frame, index);
    assertThat(tags(index.toString())).noneMatch(tag -> tag.matches("(?i)<(script|img|i|b)\\b.*"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void aHealthyPoolIsFoldedHoweverManyThereAre(int number) {
    List<Pool> pools =
        java.util.stream.IntStream.range(0, number)
            .mapToObj(
                i ->
                    new Pool(
                        new PoolListing("p" + i, PoolHealth.ONLINE, Optional.empty(), false),
                        new Reading.Skipped<>()))
            .toList();
    var node =
        new NodeSnapshot(
            "pve1",
            true,
            new Reading.Ok<>(pools, SimulatedScrape.NOW),
            new Reading.Skipped<>(),
            Map.of());
    var snapshot =
        new ClusterSnapshot(
            SimulatedScrape.NOW,
            new Reading.Ok<>(List.of(node), SimulatedScrape.NOW),
            Duration.ZERO);
    String page = page(new ClusterStatus("home", snapshot, ApiActivity.NONE));
    assertThat(tags(page).stream().filter(tag -> tag.equals("<details>"))).hasSize(number);
    assertThat(page.length()).isLessThan(20_000 + number * 1_000);
  }
}
