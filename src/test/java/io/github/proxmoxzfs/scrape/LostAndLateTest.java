package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Hang;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.time.InMemoryHttpClient;
import io.github.proxmoxzfs.time.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// Requests that are lost, and answers that come late, in a time that is played.
class LostAndLateTest {
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));

  private void play(Runnable story) {
    time.play(
        () -> {
          story.run();
          return true;
        });
  }

  private void withCluster(
      boolean two, java.util.function.BiConsumer<Cluster, ClusterScraper> story) {
    try (var simulator =
        Simulator.start(
            Scenario.named("healthy"),
            SimulatorOptions.defaults()
                .withClock(time)
                .withWaiting(time)
                .withCallDelay(Duration.ofMillis(25)))) {
      var wire = new InMemoryHttpClient(time, simulator);
      var other = URI.create("https://127.0.0.2:8006");
      wire.also(other.getAuthority(), simulator);
      var id = Credentials.MONITOR_TOKEN.split("=", 2);
      var configuration =
          ClusterConfiguration.of(
              "played",
              two ? List.of(simulator.endpoint(), other) : List.of(simulator.endpoint()),
              new Credential.Token(id[0], new Secret(id[1])),
              new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
      try (var scraper =
          new ClusterScraper(
              configuration,
              new ProxmoxClient(Connections.of(configuration, line -> line), time, _ -> wire),
              ClusterMemory.of("played", configuration.forgetAfter(), Optional.empty(), time),
              time)) {
        play(() -> story.accept(new Cluster(simulator, wire), scraper));
      }
    }
  }

  private record Cluster(Simulator simulator, InMemoryHttpClient wire) {
    String endpoint() {
      return simulator.endpoint().getAuthority();
    }
  }

  private void scrape(ClusterScraper scraper) {
    var _ = scraper.collect(Deadline.after(Duration.ofMillis(9500), time));
  }

  /// A zfs request that broke off without an answer is sent again, while its worker still hangs.
  @Test
  void anEndpointThatIsLostWhileAPoolHangsTakesNoThirdWorker() {
    withCluster(
        true,
        (cluster, scraper) -> {
          scrape(scraper);
          time.pass(Duration.ofSeconds(15));
          cluster.simulator().hang("pve2", Hang.ofNode().withList(false));
          time.start(
              "loss",
              () -> {
                time.pass(Duration.ofSeconds(4));
                cluster.wire().lose(cluster.endpoint());
              });
          scrape(scraper);
          time.pass(Duration.ofSeconds(30));
          assertThat(cluster.simulator().maximumBusyWorkers("pve2")).isLessThanOrEqualTo(2);
        });
  }

  /// The only endpoint's pveproxy is restarted while a pool hangs, which is what one does when the
  /// web interface hangs: the slots are given back, and taken again by the next scrape.
  @Test
  void aRestartOfTheOnlyEndpointWhileAPoolHangsTakesNoThirdWorker() {
    withCluster(
        false,
        (cluster, scraper) -> {
          scrape(scraper);
          time.pass(Duration.ofSeconds(15));
          cluster.simulator().hang("pve2", Hang.ofNode().withList(false));
          time.start(
              "restart",
              () -> {
                time.pass(Duration.ofSeconds(4));
                cluster.wire().restart(cluster.endpoint());
              });
          scrape(scraper);
          time.pass(Duration.ofSeconds(10));
          scrape(scraper);
          time.pass(Duration.ofSeconds(30));
          assertThat(cluster.simulator().maximumBusyWorkers("pve2")).isLessThanOrEqualTo(2);
        });
  }

  @Test
  void whatThrowsAnErrorOnceIsAskedAgainLater() {
    var calls = new ArrayList<Instant>();
    var shared =
        new SharedReading<Integer>(
            "question",
            _ -> {
              calls.add(time.instant());
              if (calls.size() == 1) {
                throw new StackOverflowError("as a regular expression may");
              }
              return new Reading.Ok<>(calls.size(), time.instant());
            },
            Duration.ofSeconds(5));
    play(
        () -> {
          var _ = shared.ask(in(9)).await();
          time.pass(Duration.ofHours(1));
          assertThat(shared.ask(in(9)).await().reading().asOptional()).contains(2);
        });
  }

  private Deadline in(int seconds) {
    return Deadline.after(Duration.ofSeconds(seconds), time);
  }

  private Reading<Integer> answer(Deadline deadline, Duration after, boolean goesOn, int number) {
    try {
      Deadline ready = Deadline.after(after, time);
      (goesOn ? ready : ready.orEarlier(deadline)).await(new CompletableFuture<Void>());
    } catch (TimeoutException e) {
      return goesOn || !deadline.isOver()
          ? new Reading.Ok<>(number, time.instant())
          : new Reading.Failed<>(FailureReason.TIMED_OUT, "late");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException();
  }

  /// Two hasty scrapes one after the other; the patient one takes the second's asking for its own.
  @Test
  void theDeadlinesOfTwoHastyScrapesDoNotCostAPatientOne() {
    var shared =
        new SharedReading<Integer>(
            "question",
            deadline -> answer(deadline, Duration.ofSeconds(5), false, 1),
            Duration.ofSeconds(5));
    play(
        () -> {
          time.start("hasty", () -> shared.ask(in(2)).await());
          time.pass(Duration.ofMillis(100));
          time.start("before", () -> shared.ask(in(3)).await());
          time.pass(Duration.ofMillis(100));
          var got = new CompletableFuture<Reading<Integer>>();
          time.start("patient", () -> got.complete(shared.ask(in(20)).await().reading()));
          time.pass(Duration.ofMillis(100));
          time.start("after", () -> shared.ask(in(3)).await());
          time.pass(Duration.ofSeconds(30));
          assertThat(got.join().failure()).isEmpty();
        });
  }

  /// A hasty scrape went without, a patient one told the answer in time: it is not late.
  @Test
  void anAnswerThatSomebodyGotInTimeIsNotToldAgainLater() {
    var calls = new ArrayList<Instant>();
    var shared =
        new SharedReading<Integer>(
            "question",
            deadline -> {
              calls.add(time.instant());
              return answer(
                  deadline,
                  calls.size() == 1 ? Duration.ofSeconds(5) : Duration.ofHours(1),
                  true,
                  calls.size());
            },
            Duration.ofSeconds(5));
    play(
        () -> {
          time.start("hasty", () -> shared.ask(in(2)).await());
          time.pass(Duration.ofMillis(100));
          assertThat(shared.ask(in(9)).await().reading().failure()).isEmpty();
          time.pass(Duration.ofSeconds(15));
          assertThat(shared.ask(in(9)).await().reading().failure())
              .contains(FailureReason.TIMED_OUT);
        });
  }

  /// The list that hung is answered late. The next scrape tells its sizes and health, but no pool
  /// has a time then.
  @Test
  void whatALateListSaysHasItsTime() {
    withCluster(
        false,
        (cluster, scraper) -> {
          scrape(scraper);
          time.pass(Duration.ofSeconds(15));
          cluster.simulator().hang("pve2", Hang.ofNode().withStatistics(false));
          time.start(
              "recovery",
              () -> {
                time.pass(Duration.ofSeconds(12));
                cluster.simulator().recover("pve2");
                cluster.simulator().hang("pve2", Hang.ofNode().withStatistics(false));
              });
          scrape(scraper);
          time.pass(Duration.ofSeconds(100)); // it is told for 5 minutes
          var out = new java.io.ByteArrayOutputStream();
          var snapshot = scraper.collect(Deadline.after(Duration.ofMillis(9500), time));
          try {
            io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter.create()
                .write(
                    out,
                    io.github.proxmoxzfs.metrics.ClusterMetrics.of(
                            snapshot, io.github.proxmoxzfs.metrics.ClusterMetrics.collectors())
                        .families(),
                    io.prometheus.metrics.config.EscapingScheme.UNDERSCORE_ESCAPING);
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
          String text = out.toString(java.nio.charset.StandardCharsets.UTF_8);
          String pve2 =
              text.lines()
                  .filter(line -> line.contains("pve2") && line.contains("media"))
                  .collect(java.util.stream.Collectors.joining("\n"));
          assertThat(pve2).contains("zfs_pool_size_bytes");
          assertThat(pve2).contains("zfs_pool_read_timestamp_seconds");
        });
  }
}
