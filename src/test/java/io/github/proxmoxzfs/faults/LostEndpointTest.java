package io.github.proxmoxzfs.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.ScenarioNode;
import io.github.proxmoxzfs.sim.Simulator;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The endpoint that is asked goes in the middle of a scrape, at each of its requests, while others
/// are under way; another endpoint works.
class LostEndpointTest {
  private static final Duration ALLOWED = Duration.ofMillis(9500);
  private static final int AT_A_TIME = 12;

  /// How the endpoints that are not in use are looked at.
  private static final String LOOK = "/version";

  /// What is asked only when the scrape is over.
  private static final Pattern ASKED_BESIDE = Pattern.compile(".*/(replication|apt/versions)");

  /// How it goes, and as the how manyth request is about to be sent.
  record Loss(ConnectionFault fault, int request) {}

  private static final Map<Loss, Future<Metrics>> OUTCOMES = new HashMap<>();
  private static ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private static Metrics whole = Metrics.of("");
  private static int requests;

  static List<Loss> losses() {
    if (requests == 0) {
      try (var healthy = new Scene(1, Scene.token())) {
        whole = healthy.scrape(Duration.ofSeconds(60));
        requests =
            Math.toIntExact(
                healthy.first().requests().stream()
                    .filter(request -> !ASKED_BESIDE.matcher(request.path()).matches())
                    .count());
      }
    }
    var losses = new ArrayList<Loss>();
    for (ConnectionFault fault :
        List.of(
            ConnectionFault.REFUSED,
            ConnectionFault.RESET,
            ConnectionFault.DROPPED,
            ConnectionFault.SILENT_AFTER_REQUEST)) {
      for (int request = 1; request <= requests; request++) {
        losses.add(new Loss(fault, request));
      }
    }
    return losses;
  }

  @BeforeAll
  static void play() {
    losses()
        .forEach(
            loss ->
                OUTCOMES.put(
                    loss,
                    threads.submit(
                        () -> {
                          try (var scene = new Scene(2, Scene.token())) {
                            return struck(
                                scene, loss.request(), first -> first.fault(loss.fault()));
                          }
                        })));
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
  }

  /// A scrape in which something befalls the first endpoint.
  private static Metrics struck(Scene scene, int request, Consumer<Simulator> strike) {
    var sent = new AtomicInteger();
    scene.watchedBy(
        new WatchedHttpClient.Watch() {
          @Override
          public void sending(String path) {
            if (!path.equals(LOOK)
                && !ASKED_BESIDE.matcher(path).matches()
                && sent.incrementAndGet() == request) {
              strike.accept(scene.first());
            }
          }

          @Override
          public void ended(String path) {}
        });
    Metrics metrics = scene.scrape(ALLOWED);
    assertThat(sent).hasValueGreaterThanOrEqualTo(request);
    return metrics;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void nothingIsLostWithAnEndpoint(Loss loss) throws Exception {
    assertThat(requireNonNull(OUTCOMES.get(loss)).get().differenceTo(whole)).isEmpty();
  }

  @Test
  void anEndpointThatRebootsCostsItsOwnPoolsOnly() {
    try (var scene = new Scene(2, Scene.token())) {
      Simulator second = scene.endpoints().getLast();
      Metrics during =
          struck(
              scene,
              6,
              first -> {
                second.change(
                    new ScenarioNode(
                        "pve1",
                        ScenarioNode.Status.ONLINE,
                        ZoneId.of("Europe/Berlin"),
                        ScenarioNode.Behaviour.REFUSED));
                first.fault(ConnectionFault.REFUSED);
                first.reboot("pve1");
              });
      assertThat(during.differenceTo(whole)).allMatch(line -> line.contains("node=\"pve1\""));
    }
  }

  @Test
  void anotherNodesFaultsAreNotBlamedOnTheEndpoint() {
    try (var scene = new Scene(2, Scene.token())) {
      scene
          .first()
          .change(
              new ScenarioNode(
                  "pve2",
                  ScenarioNode.Status.ONLINE,
                  ZoneId.of("Europe/Berlin"),
                  ScenarioNode.Behaviour.SILENT));
      for (int scrape = 0; scrape < 3; scrape++) {
        Metrics metrics = scene.scrape(ALLOWED);
        assertThat(metrics.differenceTo(whole)).allMatch(line -> line.contains("node=\"pve2\""));
        assertThat(metrics.labels("proxmox_zfs_exporter_failure", "reason"))
            .containsExactly("node_unreachable");
      }
      Simulator second = scene.endpoints().getLast();
      assertThat(second.requests().stream().map(ReceivedRequest::path)).allMatch(LOOK::equals);
    }
  }
}
