package io.github.proxmoxzfs.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The TCP sockets of this machine, as Linux lists them.
public final class Sockets {
  private static final String ESTABLISHED = "01";

  /// The other side has closed, ours has not.
  private static final String CLOSE_WAIT = "08";

  private Sockets() {}

  /// How many sockets of clients are open to a port, those included that only the client holds
  /// open.
  public static long openTo(int port) {
    var remote = ":" + String.format(Locale.ROOT, "%04X", port);
    return lines()
        .filter(
            fields ->
                fields.get(2).endsWith(remote)
                    && List.of(ESTABLISHED, CLOSE_WAIT).contains(fields.get(3)))
        .count();
  }

  private static Stream<List<String>> lines() {
    return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(
            file -> {
              try {
                return Files.readAllLines(file).stream().skip(1);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .map(line -> Arrays.asList(line.strip().split("\\s+", -1)));
  }
}
