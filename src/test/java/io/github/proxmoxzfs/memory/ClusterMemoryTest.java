package io.github.proxmoxzfs.memory;

import static io.github.proxmoxzfs.memory.Collected.after;
import static io.github.proxmoxzfs.memory.Collected.cluster;
import static io.github.proxmoxzfs.memory.Collected.node;
import static io.github.proxmoxzfs.memory.Collected.pool;
import static io.github.proxmoxzfs.memory.Collected.scrub;
import static io.github.proxmoxzfs.memory.Collected.shows;
import static io.github.proxmoxzfs.memory.Collected.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterMemoryTest {
  private static final String SCRUBBED = "2026-11-08T00:28:01Z";

  private final AtomicReference<Instant> now = new AtomicReference<>(Collected.START);

  @TempDir private Path folder;

  private ClusterMemory memory(Path directory) {
    return ClusterMemory.of("home", Duration.ofHours(3), Optional.of(directory), now::get);
  }

  /// What is told of what `pve1` shows now.
  private String tell(ClusterMemory memory, Pool... pools) {
    return told(memory.recall(cluster(now.get(), node(now.get(), "pve1", pools))));
  }

  private Pool scrubbed(String name) {
    return pool(name, shows(now.get(), scrub("2026-11-08T01:28:01")));
  }

  private static Pool silent(String name) {
    return pool(name, Collected.failed());
  }

  @Test
  void aRestartForgetsNothing() {
    try (var memory = memory(folder)) {
      tell(memory, scrubbed("tank"), scrubbed("old"));
      tell(memory, scrubbed("tank"));
    }
    try (var memory = memory(folder)) {
      assertThat(tell(memory, silent("tank")))
          .isEqualTo("pve1/tank " + SCRUBBED + ", pve1/old NOT_LISTED");
    }
  }

  @Test
  void timeInWhichTheExporterWasOffDoesNotCount() {
    try (var memory = memory(folder)) {
      tell(memory, scrubbed("tank"));
      now.set(after("PT1H"));
      tell(memory);
      now.set(after("PT2H"));
      tell(memory);
    }
    now.set(after("P14D"));
    try (var memory = memory(folder)) {
      // Two hours of three were seen before.
      assertThat(tell(memory)).isEqualTo("pve1/tank NOT_LISTED");
      now.set(after("P14DT1H"));
      assertThat(tell(memory)).isEmpty();
      assertThat(tell(memory, silent("tank"))).isEqualTo("pve1/tank unknown");
    }
  }

  @Test
  void withoutADirectoryItIsRememberedUntilTheEnd() {
    var memory = ClusterMemory.of("home", Duration.ofHours(3), Optional.empty(), now::get);
    tell(memory, scrubbed("tank"));
    assertThat(tell(memory, silent("tank"))).isEqualTo("pve1/tank " + SCRUBBED);
    memory.close();
  }

  @Test
  void whatAPersonTellsIsForgottenAndStaysSo() {
    try (var memory = memory(folder)) {
      tell(memory, scrubbed("tank"), scrubbed("old"));
      tell(memory, scrubbed("tank"));
      assertThat(memory.forget("pve1", "old")).isTrue();
      assertThat(memory.forget("pve1", "old")).isFalse();
      assertThat(memory.forget("pve2", "tank")).isFalse();
      assertThat(tell(memory, silent("tank"))).isEqualTo("pve1/tank " + SCRUBBED);
      assertThat(memory.forget("pve1", "tank")).isTrue();
    }
    try (var memory = memory(folder)) {
      assertThat(tell(memory, silent("tank"))).isEqualTo("pve1/tank unknown");
    }
  }

  @Test
  void excludedNodesAreForgottenAtOnce() {
    try (var memory = memory(folder)) {
      memory.recall(
          cluster(
              now.get(),
              node(now.get(), "pve1", scrubbed("tank")),
              node(now.get(), "test1", scrubbed("tank"))));
    }
    try (var memory = memory(folder)) {
      memory.keepNodes(name -> !name.startsWith("test"));
      assertThat(tell(memory)).isEqualTo("pve1/tank NOT_LISTED");
    }
  }

  @Test
  void aMissingPoolIsLoggedWhenItGoesAndWhenItIsBack() {
    try (var log = new LoggedLines(ClusterMemory.class);
        var memory = ClusterMemory.of("home", Duration.ofHours(1), Optional.empty(), now::get)) {
      tell(memory, scrubbed("tank"));
      tell(memory);
      tell(memory);
      memory.recall(Collected.withoutNodes(now.get()));
      tell(memory);
      tell(memory, scrubbed("tank"));
      tell(memory);
      now.set(after("PT1H"));
      tell(memory);
      assertThat(log.lines())
          .containsExactly(
              "WARNING The pool is not listed any more. cluster home node pve1 pool tank",
              "INFO The pool is listed again. cluster home node pve1 pool tank",
              "WARNING The pool is not listed any more. cluster home node pve1 pool tank",
              "INFO The pool was missing for too long and is forgotten."
                  + " cluster home node pve1 pool tank");
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenToCostsAWarningAndMemoryOnly() throws IOException {
    // A regular file in the place of a directory: not even root can write below it.
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    try (var log = new LoggedLines(ClusterMemory.class)) {
      var memory = memory(inTheWay.resolve("state"));
      tell(memory, scrubbed("tank"));
      assertThat(tell(memory, silent("tank"))).isEqualTo("pve1/tank " + SCRUBBED);
      tell(memory, scrubbed("tank"), scrubbed("more"));
      memory.close();
      assertThat(log.lines())
          .hasSize(1)
          .first()
          .asString()
          .startsWith(
              "WARNING Memory cannot be kept and will be lost at a restart. file " + inTheWay);
    }
  }

  @Test
  void aDirectoryThatIsCuredIsWrittenToAgain() throws Exception {
    Path directory = Files.writeString(folder.resolve("state"), "in the way");
    var written = new CountDownLatch(1);
    var file =
        new MemoryFile(
            directory,
            "home",
            now::get,
            step -> {
              if (step == MemoryFile.Step.DONE) {
                written.countDown();
              }
            });
    try (var log = new LoggedLines(ClusterMemory.class)) {
      String text = PoolSections.write(Recollection.NOTHING);
      var failing = new MemoryWriter(file);
      failing.offer(text);
      while (log.lines().isEmpty()) {
        Thread.onSpinWait();
      }
      Files.delete(directory);
      // As each scrape does.
      while (written.getCount() > 0) {
        failing.offer(text);
      }
      assertThat(failing.close(Duration.ofSeconds(30))).isTrue();
      assertThat(log.lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("INFO Memory can be kept again.");
    }
    assertThat(file.read()).isEqualTo(Recollection.NOTHING);
  }

  @Test
  void onlyWhatChangedIsWritten() {
    var writes = new ArrayList<String>();
    var file =
        new MemoryFile(
            folder,
            "home",
            now::get,
            step -> {
              if (step == MemoryFile.Step.DONE) {
                writes.add("written");
              }
            });
    var writer = new MemoryWriter(file);
    Recollection memory = Recollection.NOTHING;
    for (int minutes = 0; minutes < 60; minutes++) {
      Instant at = after("PT" + minutes + "M");
      now.set(at);
      ClusterSnapshot seen = cluster(at, node(at, "pve1", scrubbed("tank")));
      memory = Recall.of(memory, seen, at, Duration.ofHours(3)).memory();
      writer.offer(PoolSections.write(memory));
    }
    assertThat(writer.close(Duration.ofSeconds(30))).isTrue();
    assertThat(writes).hasSize(1);
  }

  @Test
  void aDiskThatHangsHoldsUpNoScrapeAndTheEndOnlyForAWhile() {
    var released = new CountDownLatch(1);
    var file =
        new MemoryFile(
            folder,
            "home",
            now::get,
            step -> {
              if (step == MemoryFile.Step.CREATED) {
                awaitQuietly(released);
              }
            });
    var writer = new MemoryWriter(file);
    writer.offer("one");
    writer.offer("two");
    writer.offer("three");
    assertThat(writer.close(Duration.ofMillis(1))).isFalse();
    released.countDown();
    assertThat(writer.close(Duration.ofSeconds(30))).isTrue();
    // The last one offered is the one that is there.
    assertThat(file.path()).hasContent("three");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void scrapesAtOnceLoseNothing() throws Exception {
    try (var memory = memory(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> scrapes =
          IntStream.range(0, 200)
              .<Callable<String>>mapToObj(
                  i ->
                      () ->
                          told(
                              memory.recall(
                                  cluster(
                                      now.get(), node(now.get(), "node" + i, scrubbed("tank"))))))
              .toList();
      for (var scrape : threads.invokeAll(scrapes)) {
        assertThat(scrape.get()).contains("/tank " + SCRUBBED);
      }
    }
    try (var memory = memory(folder)) {
      assertThat(memory.recall(Collected.withoutNodes(now.get())).missingPools()).hasSize(200);
    }
  }

  @Test
  void exportersThatShareADirectoryLeaveAWholeFile() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(
                i ->
                    () -> {
                      var own = new MemoryFile(folder, "home", InstantSource.system());
                      for (int round = 0; round < 20; round++) {
                        own.write(
                            MemoryText.write(
                                List.of(
                                    new MemoryText.Section(
                                        "by " + i, List.of(List.of("x".repeat(i * 10_000)))))));
                        MemoryText.read(Files.readAllBytes(own.path()));
                      }
                      return true;
                    })
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isTrue();
      }
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("cluster-home.memory"));
    }
  }
}
