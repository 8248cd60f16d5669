package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private final Simulator simulator = Simulator.start(scenario(), SimulatorOptions.forTests());
  private final ProxmoxClient client =
      new ProxmoxClient(
          SimulatedCluster.connection(SimulatedCluster.TOKEN, simulator), InstantSource.system());

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void aNodeServesTwoRequestsAtATimeAndTheClusterEight() throws Exception {
    List<Callable<Reading<?>>> calls = new ArrayList<>();
    for (int node = 0; node < 10; node++) {
      String name = "n" + node;
      simulator.answer(
          "/nodes/" + name + "/disks/zfs",
          Answer.json("{\"data\":[]}").delayed(Duration.ofMillis(20)));
      for (int i = 0; i < 6; i++) {
        calls.add(() -> client.pools(name, soon()));
      }
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reading<?>> call : threads.invokeAll(calls)) {
        assertThat(call.get().failure()).isEmpty();
      }
    }
    assertThat(simulator.maxConcurrentRequests()).isBetween(3, 8);
    for (int node = 0; node < 10; node++) {
      assertThat(simulator.maxConcurrentRequests("n" + node)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void waitingForASlowNodeHoldsNothingOfTheCluster() throws Exception {
    var bothAsked = new CountDownLatch(2);
    simulator.answer(
        "/nodes/n0/disks/zfs",
        _ -> {
          bothAsked.countDown();
          return Answer.json("").delivered(new Answer.Delivery.Silence());
        });
    simulator.answer("/nodes/n1/disks/zfs", Answer.json("{\"data\":[]}"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        var _ = threads.submit(() -> client.pools("n0", Deadline.after(Duration.ofHours(1))));
      }
      bothAsked.await();
      for (int i = 0; i < 20; i++) {
        assertThat(client.pools("n1", soon()).failure()).isEmpty();
      }
      assertThat(simulator.requestCount("/nodes/n0/disks/zfs")).isEqualTo(2);
      threads.shutdownNow();
    }
  }

  @Test
  void waitingEndsWithTheDeadline() throws Exception {
    var bothAsked = new CountDownLatch(2);
    simulator.answer(
        "/nodes/n0/disks/zfs",
        _ -> {
          bothAsked.countDown();
          return Answer.json("").delivered(new Answer.Delivery.Silence());
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        var _ = threads.submit(() -> client.pools("n0", Deadline.after(Duration.ofHours(1))));
      }
      bothAsked.await();
      assertThat(client.pools("n0", Deadline.after(Duration.ofMillis(100))))
          .isEqualTo(
              new Reading.Failed<>(
                  FailureReason.TIMED_OUT, "Earlier requests to the node n0 took all the time."));
      threads.shutdownNow();
    }
  }

  private static Scenario scenario() {
    var scenario = Scenario.builder("ten-nodes");
    for (int node = 0; node < 10; node++) {
      scenario.node("n" + node, ZoneOffset.UTC);
    }
    return scenario.build();
  }
}
