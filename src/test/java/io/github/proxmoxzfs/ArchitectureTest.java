package io.github.proxmoxzfs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the table of packages in docs/architecture.md.
class ArchitectureTest {
  private static final String ROOT = "io.github.proxmoxzfs";

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /// Which of our packages each package may use.
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry(
              "app",
              List.of(
                  "web",
                  "terminal",
                  "status",
                  "scrape",
                  "memory",
                  "metrics",
                  "pve",
                  "parse",
                  "config",
                  "domain",
                  "recording",
                  "sim",
                  "demo")),
          Map.entry("demo", List.of()),
          Map.entry("terminal", List.of("status", "domain")),
          Map.entry("page", List.of("status", "domain")),
          Map.entry("status", List.of("domain")),
          Map.entry("web", List.of("page", "status", "scrape", "metrics", "config", "domain")),
          Map.entry("scrape", List.of("pve", "memory", "config", "domain")),
          Map.entry("memory", List.of("domain")),
          Map.entry("metrics", List.of("domain")),
          Map.entry("pve", List.of("parse", "domain")),
          Map.entry("parse", List.of("domain")),
          Map.entry("config", List.of()),
          Map.entry("domain", List.of()),
          Map.entry("recording", List.of()),
          Map.entry("sim", List.of()));

  static Set<String> packages() {
    return new TreeSet<>(MAY_USE.keySet());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatTheTableAllows(String name) {
    List<String> allowed = MAY_USE.getOrDefault(name, List.of());
    String[] forbidden =
        packages().stream()
            .filter(other -> !other.equals(name) && !allowed.contains(other))
            .map(other -> ROOT + "." + other + "..")
            .toArray(String[]::new);
    if (forbidden.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + "." + name + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(forbidden)
          .check(CODE);
    }
  }

  @Test
  void theTableNamesEachPackageThereIs() {
    Set<String> existing =
        CODE.stream()
            .map(type -> type.getPackageName().substring(ROOT.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(existing).isEqualTo(packages());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void theDomainNeedsOnlyTheJdk() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + ".domain..", "java..", "org.jspecify..")
        .check(CODE);
  }

  /// The first HTTP client of a process reads the settings for all, which `pve.TlsClients` makes. A
  /// process that tells another one to forget something asks no cluster.
  @Test
  void onlyOneClassMakesHttpClientsForClusters() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".pve.TlsClients")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".app.ForgetCommand")
        .should()
        .callMethod(HttpClient.class, "newBuilder")
        .orShould()
        .callMethod(HttpClient.class, "newHttpClient")
        .check(CODE);
  }

  @Test
  void onlyTheAppEndsTheProcessOrPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".app..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CODE);
  }

  @Test
  void namesAreNotVague() {
    String vague = ".*(Impl|Manager|Util|Utils|Helper|Base|Abstract.*|Info)";
    List<String> names =
        CODE.stream()
            .map(type -> type.getSimpleName())
            .filter(name -> name.matches(vague))
            .sorted()
            .toList();
    assertThat(names).isEmpty();
    assertThat(Stream.of(Arrays.asList("FooManager", "BarImpl")).flatMap(List::stream))
        .allMatch(name -> name.matches(vague));
  }
}
