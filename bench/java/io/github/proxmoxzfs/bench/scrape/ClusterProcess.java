package io.github.proxmoxzfs.bench.scrape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A [SimulatedCluster] in a process of its own, so that what it costs is not counted as ours.
final class ClusterProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;
  private final URI endpoint;
  private final int disks;

  private ClusterProcess(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    String[] words = answer().split(" ");
    this.endpoint = URI.create(words[0]);
    this.disks = Integer.parseInt(words[1]);
  }

  static ClusterProcess start(Size size) throws IOException {
    return new ClusterProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-classpath",
                System.getProperty("java.class.path"),
                SimulatedCluster.class.getName(),
                String.valueOf(size.nodes()),
                String.valueOf(size.pools()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  URI endpoint() {
    return endpoint;
  }

  /// How many disks it has.
  int disks() {
    return disks;
  }

  /// How many of them an exporter of this machine tells SMART data of.
  int disks(int port) throws IOException {
    return Integer.parseInt(ask("disks " + port));
  }

  /// Closes all connections and waits until the client has seen it.
  void closeConnections() throws IOException {
    var _ = ask("close");
  }

  /// Scrapes an exporter of this machine.
  ///
  /// @return how long it took, in nanoseconds
  long scrape(int port) throws IOException {
    return Long.parseLong(ask("scrape " + port));
  }

  /// What there was on the wire: since the start, but for the requests, which are those since the
  /// last time.
  Wire wire() throws IOException {
    String[] numbers = ask("traffic").split(" ");
    return new Wire(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        Long.parseLong(numbers[4]));
  }

  private String ask(String command) throws IOException {
    in.println(command);
    return answer();
  }

  private String answer() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the simulated cluster ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// What there was on the wire.
  ///
  /// @param full TLS handshakes in which the certificate was sent
  /// @param resumed those that resumed a session
  record Wire(long connections, long full, long resumed, long logins, long requests) {
    /// What came after another one.
    Wire since(Wire before) {
      return new Wire(
          connections - before.connections,
          full - before.full,
          resumed - before.resumed,
          logins - before.logins,
          requests);
    }
  }
}
