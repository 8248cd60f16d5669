package io.github.proxmoxzfs.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A process that writes without a pause is killed, as `kill -9` does it.
class KilledProcessTest {
  /// Many, so that a write takes a while.
  private static final int POOLS = 2_000;

  private static Recollection memory(int round) {
    var pools = new TreeMap<PoolKey, RememberedPool>();
    for (int i = 0; i < POOLS; i++) {
      pools.put(new PoolKey("round-" + round, "p" + i), RememberedPool.listed(Collected.START));
    }
    return new Recollection(pools, Map.of());
  }

  private static int roundOf(Recollection memory) {
    assertThat(memory.pools()).hasSize(POOLS);
    return Integer.parseInt(memory.pools().firstKey().node().replace("round-", ""));
  }

  /// The process: writes round after round and prints the number of each that is done.
  static final class Writer {
    private Writer() {}

    /// @param arguments the state directory
    public static void main(String... arguments) throws IOException {
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      var file = new MemoryFile(Path.of(arguments[0]), "home", InstantSource.system());
      for (int round = 1; ; round++) {
        file.write(PoolSections.write(memory(round)));
        out.println(round);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void whatWasWrittenLastIsThereOrTheOneAfterIt(int rounds, @TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int done = 0;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      while (done < rounds) {
        done = Integer.parseInt(String.valueOf(output.readLine()));
      }
      // By its handle: the process itself would close its output unread.
      process.toHandle().destroyForcibly();
      process.waitFor();
      // What it printed before it died was done as well.
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        done = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
    }
    Recollection left = new MemoryFile(folder, "home", InstantSource.system()).read();
    assertThat(roundOf(left)).isBetween(done, done + 1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(".corrupt-"));
    }
  }
}
