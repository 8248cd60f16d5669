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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Holds that the manifests for Kubernetes fit together, and to the image and the rules. Their
/// fields are checked by `kubernetes/check`.
class KubernetesTest {
  private static final Path MANIFESTS = Path.of("kubernetes");
  private static final Path RULES = Path.of("monitoring/rules");
  private static final Map<String, String> SELECTED =
      Map.of("app.kubernetes.io/name", "proxmox-zfs-exporter");
  private static final Map<String, String> LABELS =
      Map.of(
          "app.kubernetes.io/name", "proxmox-zfs-exporter",
          "app.kubernetes.io/component", "exporter",
          "app.kubernetes.io/part-of", "monitoring");

  /// A part of a document, by its path of keys and indices.
  record Part(Object content) {
    Part at(Object... path) {
      Object here = content;
      for (Object step : path) {
        here =
            switch (here) {
              case Map<?, ?> map when map.containsKey(step) -> map.get(step);
              case List<?> list when step instanceof Integer index && index < list.size() ->
                  list.get(index);
              default -> throw new AssertionError("no " + step + " in " + here);
            };
      }
      return new Part(here);
    }

    @Override
    public String toString() {
      return content instanceof Map<?, ?> map ? String.valueOf(map.get("kind")) : "" + content;
    }
  }

  static List<Part> manifests() {
    return files(MANIFESTS)
        .filter(file -> file.toString().endsWith(".yaml"))
        .flatMap(KubernetesTest::parts)
        .toList();
  }

  private static Part manifest(String kind) {
    return manifests().stream()
        .filter(manifest -> manifest.toString().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static Part pod() {
    return manifest("Deployment").at("spec", "template");
  }

  private static Part container() {
    return pod().at("spec", "containers", 0);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void bearsNameAndLabels(Part manifest) {
    assertThat(manifest.at("metadata", "name").content()).isEqualTo("proxmox-zfs-exporter");
    assertThat(manifest.at("metadata", "labels").content()).isEqualTo(LABELS);
  }

  @Test
  void selectorsSelect() {
    assertThat(pod().at("metadata", "labels").content()).isEqualTo(LABELS);
    assertThat(
            Stream.of(
                manifest("Deployment").at("spec", "selector", "matchLabels"),
                manifest("Service").at("spec", "selector"),
                manifest("ServiceMonitor").at("spec", "selector", "matchLabels"),
                manifest("NetworkPolicy").at("spec", "podSelector", "matchLabels")))
        .allSatisfy(selector -> assertThat(selector.content()).isEqualTo(SELECTED));
  }

  @Test
  void portsAgree() {
    assertThat(container().at("ports", 0).content())
        .isEqualTo(Map.of("name", "http", "containerPort", 9000));
    assertThat(manifest("Service").at("spec", "ports", 0, "targetPort").content())
        .isEqualTo("http");
    assertThat(manifest("ServiceMonitor").at("spec", "endpoints", 0, "port").content())
        .isEqualTo(manifest("Service").at("spec", "ports", 0, "name").content());
    assertThat(manifest("NetworkPolicy").at("spec", "ingress", 0, "ports", 0, "port").content())
        .isEqualTo(9000);
  }

  @Test
  void hasNoPrivileges() {
    assertThat(container().at("securityContext").content())
        .isEqualTo(
            Map.of(
                "allowPrivilegeEscalation",
                false,
                "readOnlyRootFilesystem",
                true,
                "capabilities",
                Map.of("drop", List.of("ALL"))));
    assertThat(pod().at("spec", "securityContext", "runAsNonRoot").content()).isEqualTo(true);
    assertThat(pod().at("spec", "automountServiceAccountToken").content()).isEqualTo(false);
  }

  @Test
  void runsAsTheUserOfTheImageAndKeepsStateWhereItDoes() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    Object user = pod().at("spec", "securityContext", "runAsUser").content();
    Object group = pod().at("spec", "securityContext", "runAsGroup").content();
    Object state = container().at("volumeMounts", 2, "mountPath").content();

    assertThat(build).contains("<user>" + user + ":" + group + "</user>");
    assertThat(build).contains("<container.state>" + state + "</container.state>");
  }

  @Test
  void volumesAreThere() {
    assertThat(
            Stream.of(
                pod().at("spec", "volumes", 0, "configMap", "name"),
                pod().at("spec", "volumes", 1, "secret", "secretName"),
                pod().at("spec", "volumes", 2, "persistentVolumeClaim", "claimName")))
        .allSatisfy(name -> assertThat(name.content()).isEqualTo("proxmox-zfs-exporter"));
    assertThat(manifests())
        .extracting(Part::toString)
        .contains("ConfigMap", "Secret", "PersistentVolumeClaim");
    Object mounted = container().at("volumeMounts", 1, "mountPath").content();
    assertThat(manifest("ConfigMap").at("data", "config.yml").content().toString())
        .contains("token_file: " + mounted + "/home.token");
    assertThat(manifest("Secret").at("stringData", "home.token").content()).isNotNull();
  }

  @Test
  void probesAskWhatTheExporterAnswers() {
    assertThat(container().at("startupProbe", "httpGet", "path").content()).isEqualTo("/-/healthy");
    assertThat(container().at("livenessProbe", "httpGet", "path").content())
        .isEqualTo("/-/healthy");
    assertThat(container().at("readinessProbe", "httpGet", "path").content()).isEqualTo("/-/ready");
  }

  @Test
  void scrapesBearTheJobThatTheRulesAskFor() {
    Map<String, String> job = Map.of("targetLabel", "job", "replacement", "proxmox-zfs");

    assertThat(manifest("ServiceMonitor").at("spec", "endpoints", 0, "relabelings", 0).content())
        .isEqualTo(job);
    assertThat(manifest("ScrapeConfig").at("spec", "relabelings", 0).content()).isEqualTo(job);
  }

  @Test
  void theRulesAreThoseOfTheProject() {
    var groups = new ArrayList<Object>();
    files(RULES)
        .flatMap(KubernetesTest::parts)
        .map(document -> document.at("groups").content())
        .forEach(some -> groups.addAll((List<?>) some));

    assertThat(groups).hasSizeGreaterThan(5);
    assertThat(manifest("PrometheusRule").at("spec").content()).isEqualTo(Map.of("groups", groups));
    assertThat(Set.copyOf(groups)).hasSameSizeAs(groups);
  }

  private static Stream<Part> parts(Path file) {
    var parts = new ArrayList<Part>();
    try {
      for (Object part :
          new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file))) {
        parts.add(new Part(part));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return parts.stream();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
