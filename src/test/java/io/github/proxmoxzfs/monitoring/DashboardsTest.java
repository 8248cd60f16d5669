package io.github.proxmoxzfs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.monitoring.Dashboard.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the rules of grafana/dashboard-linter, and our own. Whether the queries give data is what
/// monitoring/check-dashboards tries.
class DashboardsTest {
  /// What selects series: a metric's name, where it has one, and the matchers.
  private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)?\\{([^}]*)}");

  /// A word that is neither a function, a label nor a keyword: a selector without matchers.
  private static final Pattern METRIC =
      Pattern.compile(
          "\\b(?:zfs|pve|smartctl|proxmox_zfs_exporter|process|jvm)_[a-z_]+\\b(?!\\s*=|\\()");

  private static final Pattern RATE = Pattern.compile("\\bi?rate\\([^\\[]*\\[([^]]*)]");
  private static final Pattern COUNTER =
      Pattern.compile("(\\w+\\()?\\b[a-z_]+_total\\b[^\\[]*(\\[)?");
  private static final Pattern LINK = Pattern.compile("/d/([a-z-]+)\\?");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|.*\\|.*\\|$");

  /// The units in use here, of those that Grafana knows.
  private static final Set<String> UNITS =
      Set.of(
          "none",
          "percent",
          "percentunit",
          "bytes",
          "decbytes",
          "binBps",
          "s",
          "celsius",
          "rotrpm",
          "dateTimeAsIso",
          "reqps",
          "ops");

  static List<Dashboard> dashboards() {
    return Dashboard.all();
  }

  @Test
  void theDashboardsAreThese() {
    assertThat(dashboards())
        .extracting(Dashboard::file)
        .containsExactly(
            "disk.json", "exporter.json", "fleet.json", "pool.json", "replication.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void canBeProvisionedAsItIs(Dashboard dashboard) {
    String name = dashboard.file().replace(".json", "");

    assertThat(dashboard.whole().text("uid")).isEqualTo("pve-zfs-" + name);
    assertThat(dashboard.whole().text("title")).isEqualToIgnoringCase("Proxmox ZFS / " + name);
    assertThat(dashboard.whole().value("id")).isNull();
    assertThat(dashboard.whole().value("editable")).isEqualTo(false);
    assertThat(dashboard.whole().value("tags")).isEqualTo(List.of("proxmox-zfs"));
    assertThat(dashboard.whole().text("description")).endsWith(".");
    // Grafana resolves inputs only where a file is imported by hand.
    assertThat(dashboard.whole().value("__inputs")).isNull();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksToTheOthersWithItsVariables(Dashboard dashboard) {
    assertThat(dashboard.whole().parts("links"))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.value("tags")).isEqualTo(dashboard.whole().value("tags"));
              assertThat(link.value("includeVars")).isEqualTo(true);
              assertThat(link.value("keepTime")).isEqualTo(true);
            });
  }

  @Test
  void linksOfPanelsLeadToDashboardsThatThereAre() {
    Set<String> uids =
        dashboards().stream()
            .map(dashboard -> dashboard.whole().text("uid"))
            .collect(Collectors.toSet());
    for (Dashboard dashboard : dashboards()) {
      Set<String> linked = found(LINK, 1, dashboard.whole().members().toString());
      assertThat(uids).as(dashboard.file()).containsAll(linked);
      if (dashboard.file().equals("fleet.json")) {
        assertThat(linked).contains("pve-zfs-pool");
      }
      if (dashboard.file().equals("pool.json")) {
        assertThat(linked).contains("pve-zfs-disk");
      }
    }
  }

  /// template-datasource-rule.
  @ParameterizedTest
  @MethodSource("dashboards")
  void itsDataSourceCanBeChosen(Dashboard dashboard) {
    assertThat(dashboard.variables())
        .filteredOn(variable -> variable.text("type").equals("datasource"))
        .singleElement()
        .satisfies(
            variable -> {
              assertThat(variable.text("name")).isEqualTo("datasource");
              assertThat(variable.text("label")).isEqualTo("Data source");
              assertThat(variable.text("query")).isEqualTo("prometheus");
            });
  }

  /// template-job-rule, template-instance-rule, template-on-time-change-reload-rule,
  /// template-unused-rule. A label that the targets may not have can be empty too.
  @ParameterizedTest
  @MethodSource("dashboards")
  void itsVariablesTakeSeveralValues(Dashboard dashboard) {
    assertThat(dashboard.variable("job").text("label")).isEqualTo("Job");
    assertThat(dashboard.variable("instance").text("label")).isEqualTo("Instance");
    assertThat(dashboard.queried())
        .allSatisfy(
            variable -> {
              assertThat(variable.at("datasource").text("uid")).isEqualTo("${datasource}");
              assertThat(variable.text("label")).isNotBlank();
              assertThat(variable.value("multi")).isEqualTo(true);
              assertThat(variable.value("includeAll")).isEqualTo(true);
              assertThat(variable.text("allValue"))
                  .isEqualTo(variable.text("name").equals("cluster") ? ".*" : ".+");
              assertThat(variable.value("refresh")).hasToString("2");
              assertThat(variable.text("definition"))
                  .startsWith("label_values(")
                  .isEqualTo(variable.at("query").text("query"));
              assertThat(dashboard.expressions())
                  .anyMatch(query -> query.contains("=~\"$" + variable.text("name") + "\""));
            });
  }

  /// panel-title-description-rule, panel-datasource-rule, panel-no-targets-rule, panel-units-rule.
  @ParameterizedTest
  @MethodSource("dashboards")
  void eachPanelSaysWhatItIsAndInWhichUnit(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            panel -> {
              assertThat(panel.text("title")).isNotBlank();
              assertThat(panel.text("description")).matches("(?s)[A-Z0-9`].{30,}\\.");
              assertThat(panel.at("datasource").text("uid")).isEqualTo("${datasource}");
              assertThat(panel.parts("targets"))
                  .isNotEmpty()
                  .allSatisfy(
                      target -> {
                        assertThat(target.text("expr")).isNotBlank();
                        assertThat(target.at("datasource").text("uid")).isEqualTo("${datasource}");
                      });
              assertThat(units(panel)).isNotEmpty().allMatch(UNITS::contains);
              assertThat(panel.at("fieldConfig").at("defaults").at("thresholds").parts("steps"))
                  .isNotEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsDoNotShareATitleAnIdOrAPlace(Dashboard dashboard) {
    assertThat(dashboard.panels()).extracting(panel -> panel.text("title")).doesNotHaveDuplicates();
    assertThat(dashboard.rowsAndPanels())
        .extracting(panel -> panel.value("id"))
        .doesNotHaveDuplicates();
    var taken = new HashSet<List<Long>>();
    for (Part panel : dashboard.rowsAndPanels()) {
      Part place = panel.at("gridPos");
      long right = number(place, "x") + number(place, "w");
      assertThat(right).isLessThanOrEqualTo(24);
      for (long x = number(place, "x"); x < right; x++) {
        for (long y = number(place, "y"); y < number(place, "y") + number(place, "h"); y++) {
          assertThat(taken.add(List.of(x, y))).as("place of %s", panel).isTrue();
        }
      }
    }
  }

  /// target-job-rule, target-instance-rule.
  @ParameterizedTest
  @MethodSource("dashboards")
  void eachSelectorMatchesJobAndInstance(Dashboard dashboard) {
    assertThat(dashboard.expressions())
        .allSatisfy(
            query -> {
              List<MatchResult> selectors = SELECTOR.matcher(query).results().toList();
              assertThat(selectors)
                  .isNotEmpty()
                  .allMatch(
                      selector ->
                          selector.group(2).contains("job=~\"$job\"")
                              && selector.group(2).contains("instance=~\"$instance\""));
              assertThat(found(METRIC, 0, SELECTOR.matcher(query).replaceAll("")))
                  .as("selectors without matchers in %s", query)
                  .isEmpty();
            });
  }

  /// target-rate-interval-rule, target-counter-agg-rule.
  @ParameterizedTest
  @MethodSource("dashboards")
  void countersAreShownAsRates(Dashboard dashboard) {
    assertThat(dashboard.expressions())
        .allSatisfy(
            query -> {
              assertThat(RATE.matcher(query).results())
                  .allMatch(rate -> rate.group(1).equals("$__rate_interval"));
              assertThat(COUNTER.matcher(query).results())
                  .allMatch(
                      counter ->
                          counter.group(2) != null
                              && List.of("rate(", "irate(", "increase(")
                                  .contains(String.valueOf(counter.group(1))));
            });
  }

  /// What belongs to a node and what belongs to the cluster may come from different targets.
  @ParameterizedTest
  @MethodSource("dashboards")
  void clusterAndNodeAreNotJoined(Dashboard dashboard) {
    assertThat(dashboard.expressions())
        .filteredOn(query -> query.matches(".*\\b(on|ignoring) \\(.*"))
        .allMatch(
            query ->
                Stream.of("zfs_vdev_", "zfs_replication_", "build_info")
                        .filter(query::contains)
                        .count()
                    == 1);
  }

  @Test
  void queriesUseDocumentedMetricsOnly() throws IOException {
    Set<String> documented = found(DOCUMENTED, 1, Files.readString(Path.of("docs/metrics.md")));
    for (Dashboard dashboard : dashboards()) {
      var used = new HashSet<String>();
      for (String query : allQueries(dashboard)) {
        used.addAll(found(METRIC, 0, QUOTED.matcher(query).replaceAll("")));
      }
      assertThat(documented).as(dashboard.file()).containsAll(used);
      assertThat(used).as(dashboard.file()).hasSizeGreaterThan(5);
    }
  }

  @Test
  void namesOfMetricsInPatternsAreDocumented() throws IOException {
    Set<String> documented = found(DOCUMENTED, 1, Files.readString(Path.of("docs/metrics.md")));
    Pattern named = Pattern.compile("__name__=~\"([^\"]*)\"");
    for (Dashboard dashboard : dashboards()) {
      Set<String> patterns = found(named, 1, String.join("\n", allQueries(dashboard)));
      assertThat(patterns)
          .isNotEmpty()
          .allMatch(pattern -> documented.stream().anyMatch(name -> name.matches(pattern)));
    }
  }

  private static List<String> allQueries(Dashboard dashboard) {
    var queries = new ArrayList<>(dashboard.expressions());
    dashboard.queried().forEach(variable -> queries.add(variable.text("definition")));
    return queries;
  }

  private static Set<String> units(Part panel) {
    Stream<String> ofColumns =
        panel.at("fieldConfig").parts("overrides").stream()
            .flatMap(override -> override.parts("properties").stream())
            .filter(property -> property.text("id").equals("unit"))
            .map(property -> property.text("value"));
    String ofAll = panel.at("fieldConfig").at("defaults").text("unit");
    return Stream.concat(Stream.of(ofAll), ofColumns).collect(Collectors.toSet());
  }

  private static long number(Part part, String name) {
    return part.value(name) instanceof Number number ? number.longValue() : -1;
  }

  private static Set<String> found(Pattern pattern, int group, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(group))
        .collect(Collectors.toSet());
  }
}
