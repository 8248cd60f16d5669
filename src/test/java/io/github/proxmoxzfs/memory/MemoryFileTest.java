package io.github.proxmoxzfs.memory;

import static io.github.proxmoxzfs.memory.Collected.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.LoggedLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryFileTest {
  private static final InstantSource CLOCK = InstantSource.fixed(START);
  private static final Recollection OLD = memoryOf("old");
  private static final Recollection NEW = memoryOf("new");

  @TempDir private Path folder;

  private static Recollection memoryOf(String pool) {
    return new Recollection(
        new TreeMap<>(Map.of(new PoolKey("pve1", pool), RememberedPool.listed(START))), Map.of());
  }

  private MemoryFile file() {
    return new MemoryFile(folder, "home", CLOCK);
  }

  private static void write(MemoryFile file, Recollection memory) throws IOException {
    file.write(PoolSections.write(memory));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> setAside() throws IOException {
    return names().stream().filter(name -> name.contains(".corrupt-")).toList();
  }

  @Test
  void nothingIsThereAtFirst() throws IOException {
    try (var log = new LoggedLines(MemoryFile.class)) {
      assertThat(file().read()).isEqualTo(Recollection.NOTHING);
      assertThat(log.lines()).isEmpty();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAndNothingElseIsLeft() throws IOException {
    write(file(), OLD);
    write(file(), NEW);
    assertThat(file().read()).isEqualTo(NEW);
    assertThat(names()).containsExactly("cluster-home.memory");
  }

  @Test
  void theDirectoryIsMadeWhereItsParentIs() throws IOException {
    var deeper = new MemoryFile(folder.resolve("state"), "home", CLOCK);
    write(deeper, NEW);
    assertThat(deeper.read()).isEqualTo(NEW);
    var tooDeep = new MemoryFile(folder.resolve("no/such/state"), "home", CLOCK);
    assertThatThrownBy(() -> write(tooDeep, NEW)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "home,     cluster-home.memory",
    "..,       cluster-...memory",
    "a/../b,   cluster-a%2F..%2Fb.memory",
    "a%2Fb,    cluster-a%252Fb.memory",
    "bü,       cluster-b%C3%BC.memory"
  })
  void aClustersNameCannotLeaveTheDirectory(String cluster, String name) {
    Path path = new MemoryFile(folder, cluster, CLOCK).path();
    assertThat(path.normalize().getParent()).isEqualTo(folder);
    assertThat(path.getFileName()).hasToString(name);
  }

  /// A kill: no exception handling of the writer sees it as a failure of the disk.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Consumer<MemoryFile.Step> killAt(MemoryFile.Step last) {
    return step -> {
      if (step == last) {
        throw new Killed();
      }
    };
  }

  @ParameterizedTest
  @EnumSource(MemoryFile.Step.class)
  void aKillAtAnyStepLeavesTheOldOrTheNew(MemoryFile.Step step) throws IOException {
    write(file(), OLD);
    var killed = new MemoryFile(folder, "home", CLOCK, killAt(step));
    assertThatThrownBy(() -> write(killed, NEW)).isInstanceOf(Killed.class);
    // What was not synced may be there in part only.
    for (String unfinished : names().stream().filter(name -> name.endsWith(".tmp")).toList()) {
      byte[] bytes = Files.readAllBytes(folder.resolve(unfinished));
      Files.write(folder.resolve(unfinished), Arrays.copyOf(bytes, bytes.length / 2));
    }
    Recollection expected = step.compareTo(MemoryFile.Step.RENAMED) < 0 ? OLD : NEW;
    assertThat(file().read()).isEqualTo(expected);
    assertThat(setAside()).isEmpty();
    write(file(), NEW);
    assertThat(file().read()).isEqualTo(NEW);
  }

  @Test
  void aFileCutAnywhereIsSetAsideAndTheNextOneIsGood() throws IOException {
    write(file(), OLD);
    byte[] whole = Files.readAllBytes(file().path());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file().path(), Arrays.copyOf(whole, length));
      assertThat(file().read()).as("cut at %s", length).isEqualTo(Recollection.NOTHING);
      assertThat(file().path()).doesNotExist();
    }
    assertThat(setAside()).hasSize(MemoryFile.MOST_SET_ASIDE);
    write(file(), NEW);
    assertThat(file().read()).isEqualTo(NEW);
  }

  @Test
  void aCorruptFileIsKeptForAPersonToLookAt() throws IOException {
    Files.writeString(file().path(), "garbage");
    try (var log = new LoggedLines(MemoryFile.class)) {
      assertThat(file().read()).isEqualTo(Recollection.NOTHING);
      assertThat(log.lines())
          .containsExactly(
              "WARNING What was remembered cannot be used and is set aside. file "
                  + file().path()
                  + " reason its checksum is wrong or missing"
                  + " kept_as cluster-home.memory.corrupt-20261122T120000Z");
    }
    assertThat(folder.resolve("cluster-home.memory.corrupt-20261122T120000Z"))
        .hasContent("garbage");
  }

  @Test
  void onlyTheLatestOfThoseSetAsideAreKeptAndOthersFilesAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("cluster-home.memory.corrupt-note"), "mine");
    Files.writeString(folder.resolve("cluster-other.memory.corrupt-20200101T000000Z"), "other");
    for (int day = 0; day < 5; day++) {
      Files.writeString(file().path(), "garbage " + day);
      new MemoryFile(folder, "home", InstantSource.fixed(START.plus(Duration.ofDays(day)))).read();
    }
    assertThat(names())
        .containsExactly(
            "cluster-home.memory.corrupt-20261124T120000Z",
            "cluster-home.memory.corrupt-20261125T120000Z",
            "cluster-home.memory.corrupt-20261126T120000Z",
            "cluster-home.memory.corrupt-note",
            "cluster-other.memory.corrupt-20200101T000000Z");
  }

  @Test
  void aFileThatIsTooLargeIsNotReadAndNotWritten() throws IOException {
    write(file(), OLD);
    assertThatThrownBy(() -> file().write("x".repeat(MemoryFile.MOST_BYTES + 1)))
        .isInstanceOf(IOException.class);
    assertThat(file().read()).isEqualTo(OLD);
    Files.write(file().path(), new byte[MemoryFile.MOST_BYTES + 1]);
    try (var log = new LoggedLines(MemoryFile.class)) {
      assertThat(file().read()).isEqualTo(Recollection.NOTHING);
      assertThat(log.lines()).hasSize(1).first().asString().contains("it is too large");
    }
    assertThat(setAside()).hasSize(1);
  }

  @Test
  void theMostPoolsFitIntoTheLargestFile() {
    var pools = new TreeMap<PoolKey, RememberedPool>();
    for (int i = 0; i < Recollection.MOST_POOLS; i++) {
      // A node's name has 63 characters at most, a pool's 255.
      String digits = String.valueOf(10_000 + i);
      pools.put(
          new PoolKey("n".repeat(63), "p".repeat(250) + digits), RememberedPool.listed(START));
    }
    assertThat(
            PoolSections.write(new Recollection(pools, Map.of()))
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThan(MemoryFile.MOST_BYTES / 2);
  }

  @Test
  void somethingThatIsNoFileIsSetAsideToo() throws IOException {
    Files.createDirectory(file().path());
    assertThat(file().read()).isEqualTo(Recollection.NOTHING);
    assertThat(setAside()).hasSize(1);
    write(file(), NEW);
    assertThat(file().read()).isEqualTo(NEW);
  }

  @Test
  void whatAKilledWriterLeftIsRemovedWhenNobodyCanBeAtItAnyMore() throws IOException {
    Path abandoned = Files.writeString(folder.resolve("cluster-home.memory.123.tmp"), "half");
    Path current = Files.writeString(folder.resolve("cluster-home.memory.456.tmp"), "half");
    Files.setLastModifiedTime(abandoned, FileTime.from(START.minus(Duration.ofMinutes(61))));
    Files.setLastModifiedTime(current, FileTime.from(START.minus(Duration.ofMinutes(59))));
    assertThat(file().read()).isEqualTo(Recollection.NOTHING);
    assertThat(new TreeSet<>(names())).containsExactly("cluster-home.memory.456.tmp");
  }
}
