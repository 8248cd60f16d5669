import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/// What ../check-pages needs beside Prometheus and Alertmanager: gives the metrics that stand in
/// the files of a folder, `@now@` replaced by the time, and appends what is posted to
/// `/RECEIVER` as a line to RECEIVER.json there. Run as `java Incidents.java PORT FOLDER`.
void main(String[] arguments) throws IOException {
  Path folder = Path.of(arguments[1]);
  var server =
      HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
  server.createContext("/", exchange -> answer(exchange, folder));
  server.start();
}

void answer(HttpExchange exchange, Path folder) throws IOException {
  Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
  String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  if (exchange.getRequestMethod().equals("POST")) {
    Files.writeString(
        Path.of(file + ".json"),
        said.strip() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    exchange.sendResponseHeaders(200, -1);
  } else if (Files.exists(file)) {
    byte[] metrics =
        Files.readString(file)
            .replace("@now@", Long.toString(Instant.now().getEpochSecond()))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, metrics.length);
    exchange.getResponseBody().write(metrics);
  } else {
    exchange.sendResponseHeaders(404, -1);
  }
  exchange.close();
}
