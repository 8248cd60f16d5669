package io.github.proxmoxzfs.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Holds what each alerting rule must have. Whether it fires is what promtool tests.
class AlertRulesTest {
  private static final Path RULES = Path.of("monitoring/rules");
  private static final Path TESTS = Path.of("monitoring/tests");
  private static final Path RUNBOOKS = Path.of("docs/runbooks");

  /// A series of an exporter; what is followed by a bracket is the beginning of a pattern.
  private static final Pattern SERIES =
      Pattern.compile("\\b(?:zfs|pve|smartctl|proxmox_zfs_exporter)_[a-z0-9_]+\\b(?!\\()");

  /// A series that a rule records.
  private static final Pattern RECORDED = Pattern.compile("\\bzfs:[a-z0-9_:]+");

  /// A rule that alerts.
  record Alert(
      String name,
      String expression,
      String waits,
      String stays,
      String severity,
      Map<String, String> annotations) {
    static Alert of(Map<?, ?> rule) {
      return new Alert(
          text(rule, "alert"),
          text(rule, "expr"),
          text(rule, "for"),
          text(rule, "keep_firing_for"),
          text(map(rule, "labels"), "severity"),
          map(rule, "annotations").entrySet().stream()
              .collect(
                  Collectors.toMap(
                      entry -> String.valueOf(entry.getKey()),
                      entry -> String.valueOf(entry.getValue()))));
    }

    String annotation(String key) {
      return annotations.getOrDefault(key, "");
    }

    String page() {
      return name + ".md";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Alert> alerts() {
    return rules().filter(rule -> rule.containsKey("alert")).map(Alert::of).toList();
  }

  @Test
  void namesAreUniqueCamelCaseAndBeginAlike() {
    assertThat(alerts())
        .extracting(Alert::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("Zfs([A-Z][a-z]+)+"));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void hasSeverityAndTimes(Alert alert) {
    assertThat(alert.severity()).isIn("critical", "warning", "info");
    assertThat(alert.waits()).matches("[1-9][0-9]*[mh]");
    assertThat(alert.stays()).matches("[1-9][0-9]*[mh]");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void summaryIsOneSentenceForAll(Alert alert) {
    assertThat(alert.annotation("summary")).matches("[A-Z][^.{]*\\.");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void descriptionSaysWhere(Alert alert) {
    assertThat(alert.annotation("description"))
        .contains(placeOf(alert))
        // A held alert has the value 1.
        .doesNotContain("$value");
  }

  /// What the description names, by the family that the alert is about.
  private static List<String> placeOf(Alert alert) {
    var labels = new ArrayList<String>();
    switch (alert.name().replaceFirst("Zfs([A-Z][a-z]+).*", "$1")) {
      case "Pool", "Scrub", "Resilver" -> labels.addAll(List.of("node", "pool"));
      case "Vdev", "Spare" -> labels.addAll(List.of("node", "pool", "vdev"));
      case "Disk" -> labels.add("node");
      case "Storage" -> labels.addAll(List.of("node", "storage", "dataset"));
      case "Replication" -> labels.add("id");
      case "Node" -> labels.add("node");
      case "Certificate", "Tls", "Endpoint" -> labels.add("api_endpoint");
      default -> {
        // About the exporter, or the whole cluster.
      }
    }
    labels.add(alert.name().equals("ZfsExporterAbsent") ? "job" : "instance");
    return labels.stream().map("{{ $labels.%s }}"::formatted).toList();
  }

  /// All but those that say themselves that nothing can be read at all.
  static List<Alert> alertsAboutWhatIsRead() {
    return alerts().stream().filter(alert -> !alert.name().startsWith("ZfsExporter")).toList();
  }

  @ParameterizedTest
  @MethodSource("alertsAboutWhatIsRead")
  void staysWhileWhatItIsAboutCannotBeRead(Alert alert) {
    assertThat(alert.expression())
        .contains("zfs:alerts:held{alertname=\"" + alert.name() + "\"}")
        .containsOnlyOnce("zfs:alerts:held");
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void hasARunbook(Alert alert) {
    assertThat(alert.annotation("runbook_url"))
        .isEqualTo(
            "https://github.com/proxmoxzfs/proxmox-zfs-exporter/blob/main/docs/runbooks/"
                + alert.page());
    assertThat(RUNBOOKS.resolve(alert.page()))
        .content()
        .startsWith("# " + alert.name() + "\n\nSeverity: " + alert.severity() + "\n")
        .contains("\n## What it means\n", "\n## Look\n", "\n## Do\n");
    assertThat(RUNBOOKS.resolve("README.md"))
        .content()
        .contains(
            "| [%s](%s) | %s | %s |"
                .formatted(
                    alert.name(), alert.page(), alert.severity(), alert.annotation("summary")));
  }

  @Test
  void eachRunbookHasAnAlert() {
    Set<String> pages = alerts().stream().map(Alert::page).collect(Collectors.toSet());
    pages.add("README.md");

    assertThat(files(RUNBOOKS).stream().map(Path::getFileName).map(Path::toString))
        .containsExactlyInAnyOrderElementsOf(pages);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void hasATestInWhichItFiresAndOneInWhichItIsSilent(Alert alert) {
    List<List<?>> expected =
        documents(TESTS)
            .flatMap(document -> maps(document, "tests"))
            .flatMap(test -> maps(test, "alert_rule_test"))
            .filter(test -> text(test, "alertname").equals(alert.name()))
            .<List<?>>map(test -> list(test, "exp_alerts"))
            .toList();

    assertThat(expected).anyMatch(List::isEmpty).anyMatch(firing -> !firing.isEmpty());
  }

  @Test
  void alertmanagerNamesAlertsThatThereAre() {
    Map<?, ?> document =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(read(Path.of("monitoring/alertmanager.yml")));
    List<String> names = alerts().stream().map(Alert::name).toList();

    List<String> patterns =
        Stream.concat(maps(document, "inhibit_rules"), maps(map(document, "route"), "routes"))
            .flatMap(
                rule ->
                    Stream.of("matchers", "source_matchers", "target_matchers")
                        .flatMap(key -> list(rule, key).stream()))
            .map(String::valueOf)
            .filter(matcher -> matcher.startsWith("alertname "))
            .flatMap(matcher -> alternatives(matcher.replaceFirst("[^\"]*\"(.*)\"", "$1")))
            .toList();

    assertThat(patterns)
        .isNotEmpty()
        .allSatisfy(pattern -> assertThat(names).anyMatch(name -> name.matches(pattern)));
  }

  /// Where both end with the same repair, the alert that inhibits must outlive the other: else a
  /// mail is sent after the repair.
  @Test
  void whatEndsWithANodeOrClusterEndsBeforeTheAlertThatInhibitsIt() {
    Set<String> endLater =
        Set.of(
            // silent in their expressions while the node is away
            "ZfsDiskSmartOld", "ZfsDiskSmartUnreadable",
            // silent in their expressions while the cluster cannot be read
            "ZfsNodeDown", "ZfsNodeUnresponsive");
    Map<?, ?> document =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(read(Path.of("monitoring/alertmanager.yml")));

    assertThat(maps(document, "inhibit_rules"))
        .allSatisfy(
            rule -> {
              for (Alert source : matched(rule, "source_matchers")) {
                if (source
                    .name()
                    .matches("Zfs(NodeDown|NodeUnresponsive|ClusterDown|PoolUnreadable)")) {
                  assertThat(matched(rule, "target_matchers"))
                      .as(source.name())
                      .isNotEmpty()
                      .filteredOn(target -> !endLater.contains(target.name()))
                      .allSatisfy(
                          target ->
                              assertThat(minutes(target.stays()))
                                  .as(target.name())
                                  .isLessThan(minutes(source.stays())));
                }
              }
            });
  }

  /// The alerts that an inhibiting rule names.
  private static List<Alert> matched(Map<?, ?> rule, String key) {
    List<String> names =
        list(rule, key).stream()
            .map(String::valueOf)
            .filter(matcher -> matcher.matches("alertname =~? .*"))
            .map(matcher -> matcher.replaceFirst("[^\"]*\"(.*)\"", "$1"))
            .toList();
    return alerts().stream()
        .filter(alert -> names.stream().anyMatch(alert.name()::matches))
        .toList();
  }

  private static long minutes(String time) {
    long number = Long.parseLong(time.substring(0, time.length() - 1));
    return time.endsWith("h") ? number * 60 : number;
  }

  /// The alternatives of a regular expression of one level of brackets, so that each is looked for.
  private static Stream<String> alternatives(String pattern) {
    var brackets = Pattern.compile("\\(([^)]*)\\)").matcher(pattern);
    return brackets.find()
        ? Stream.of(brackets.group(1).split("\\|"))
            .flatMap(
                choice ->
                    alternatives(
                        pattern.substring(0, brackets.start())
                            + choice
                            + pattern.substring(brackets.end())))
        : Stream.of(pattern.split("\\|"));
  }

  @Test
  void rulesUseDocumentedSeriesOnly() {
    var used = new TreeSet<String>();
    rules().forEach(rule -> used.addAll(found(SERIES, rule.toString())));

    assertThat(found(SERIES, read(Path.of("docs/metrics.md")))).containsAll(used);
    assertThat(used).contains("zfs_vdev_health");
  }

  @Test
  void whatRulesRecordIsUsedAndWhatTheyUseIsRecorded() {
    var recorded = new TreeSet<String>();
    var used = new TreeSet<String>();
    rules()
        .forEach(
            rule -> {
              if (rule.containsKey("record")) {
                recorded.add(text(rule, "record"));
              }
              // Of itself a rule may ask for its last result, which is no use.
              Set<String> asked = found(RECORDED, text(rule, "expr"));
              asked.remove(text(rule, "record"));
              used.addAll(asked);
            });

    assertThat(used).isEqualTo(recorded);
  }

  private static Stream<Map<?, ?>> rules() {
    return documents(RULES)
        .flatMap(document -> maps(document, "groups"))
        .flatMap(group -> maps(group, "rules"));
  }

  private static Stream<Map<?, ?>> documents(Path folder) {
    var documents = new ArrayList<Map<?, ?>>();
    for (Path file : files(folder)) {
      if (new Load(LoadSettings.builder().setMaxAliasesForCollections(1000).build())
              .loadFromString(read(file))
          instanceof Map<?, ?> document) {
        documents.add(document);
      }
    }
    return documents.stream();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> found ? found : Map.of();
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> found ? found : List.of();
  }

  private static Stream<Map<?, ?>> maps(Map<?, ?> map, String key) {
    return list(map, key).stream().filter(Map.class::isInstance).<Map<?, ?>>map(Map.class::cast);
  }
}
