package io.github.proxmoxzfs.bench.scrape;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Scrapes the exporter.
final class Prometheus {
  /// As Prometheus asks: it takes OpenMetrics, and compressed.
  private static final byte[] REQUEST =
      """
      GET /metrics HTTP/1.1
      Host: localhost
      Accept: application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5
      Accept-Encoding: gzip
      X-Prometheus-Scrape-Timeout-Seconds: 10
      Connection: close

      """
          .replace("\n", "\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private Prometheus() {}

  /// Scrapes a port of this machine.
  ///
  /// @return how many nanoseconds it took to the last byte
  /// @throws IOException if the answer is not a 200 with at least one pool
  static long scrape(int port) throws IOException {
    return scrape(port, _ -> {});
  }

  /// How many disks' SMART data the exporter tells.
  static int disks(int port) throws IOException {
    var disks = new AtomicInteger();
    scrape(
        port,
        metrics ->
            disks.set(
                (int)
                    metrics
                        .lines()
                        .filter(it -> it.startsWith("pve_disk_smart_read_timestamp_seconds{"))
                        .count()));
    return disks.get();
  }

  private static long scrape(int port, Consumer<String> reader) throws IOException {
    long began = System.nanoTime();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(REQUEST);
      byte[] answer = socket.getInputStream().readAllBytes();
      long took = System.nanoTime() - began;
      // One character a byte, so that positions are the same.
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      if (!text.startsWith("HTTP/1.1 200 ")
          || !metrics(answer, body).contains("\nzfs_zpool_online{")) {
        throw new IOException("not the answer of an exporter: " + text);
      }
      reader.accept(metrics(answer, body));
      return took;
    }
  }

  private static String metrics(byte[] answer, int from) throws IOException {
    try (var in =
        new GZIPInputStream(new ByteArrayInputStream(answer, from, answer.length - from))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
