import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The exporter of the image, as a process.
final class Exporter implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Path launcher;
  private final Path folder;
  final int port;
  private final String javaOptions;
  private Process process;

  Exporter(String name, Path launcher, Path folder, int port, String javaOptions) {
    this.name = name;
    this.launcher = launcher;
    this.folder = folder;
    this.port = port;
    this.javaOptions = javaOptions;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  void configure(String yaml) {
    try {
      Files.createDirectories(folder.resolve(name + ".state"));
      Files.writeString(folder.resolve(name + ".yml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    try {
      var builder =
          new ProcessBuilder(
              List.of(
                  launcher.toString(),
                  "run",
                  "--config.file=" + folder.resolve(name + ".yml"),
                  "--state.directory=" + folder.resolve(name + ".state"),
                  "--web.listen-address=127.0.0.1:" + port));
      builder.environment().put("EXPORTER_JAVA_OPTS", javaOptions);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("exporter-" + name + ".log");
  }

  /// What it logged of a cluster.
  List<String> logged(String cluster) {
    try (var lines = Files.lines(log())) {
      return lines.filter(line -> line.contains(" cluster=" + cluster + " ")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (!process.isAlive() || !isReady()) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        throw new IllegalStateException("the exporter " + name + " does not get ready");
      }
      Thread.sleep(100);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get(port, "/-/ready") == 200;
    } catch (IOException e) {
      return false;
    }
  }

  static int get(int port, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  void hangUp() {
    try {
      new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  void stop() {
    process.destroy();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      stop(); // so that its port is free for the next one
    }
  }
}
