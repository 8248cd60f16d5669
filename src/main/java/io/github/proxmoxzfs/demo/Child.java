package io.github.proxmoxzfs.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A program that runs beside us and ends with us.
final class Child implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final int LAST_LINES = 5;

  private final String name;
  private final Process process;
  private final Path log;
  private volatile boolean ended;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// Starts a program, which writes its log to a file of the folder.
  ///
  /// @param died is told if it ends by itself
  static Child start(
      String name, Path program, List<String> arguments, Path folder, Consumer<String> died)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(arguments);
    Path log = folder.resolve(name + ".log");
    var child =
        new Child(
            name,
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(),
            log);
    var _ =
        child
            .process
            .onExit()
            .thenAccept(
                process -> {
                  if (!child.ended) {
                    died.accept(child.lastWords(process.exitValue()));
                  }
                });
    return child;
  }

  /// The first of these programs that is on the path.
  ///
  /// @throws MissingProgramException if none is
  static Path find(Map<String, String> environment, String... programs)
      throws MissingProgramException {
    for (String program : programs) {
      for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
          return Path.of(folder, program);
        }
      }
    }
    throw new MissingProgramException(programs[0]);
  }

  /// A port that is free now: the usual one if it is.
  static int freePort(int usual) throws IOException {
    try (var socket = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  /// Waits until it listens on a port.
  ///
  /// @throws IOException if it does not, with the end of its log
  void awaitPort(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        ended = true;
        throw new IOException(
            process.isAlive()
                ? name + " is not ready after " + READY_WITHIN.toSeconds() + " s"
                : lastWords(process.exitValue()));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String lastWords(int code) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      List<String> all = lines.toList();
      return name
          + " ended with exit code "
          + code
          + ": "
          + String.join("\n  ", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
    } catch (IOException | java.io.UncheckedIOException e) {
      return name + " ended with exit code " + code;
    }
  }

  @Override
  public void close() {
    ended = true;
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
