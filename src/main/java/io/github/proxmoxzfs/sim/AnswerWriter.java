package io.github.proxmoxzfs.sim;

import io.github.proxmoxzfs.sim.Answer.Delivery;
import io.github.proxmoxzfs.sim.Api.Reply;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/// Puts answers on the wire as pve-http-server does, or as wrongly as they ask for.
final class AnswerWriter {
  private static final int COMPRESSED_ABOVE_BYTES = 1024;
  private static final int TLS_RECORD_BYTES = 16 * 1024;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Wire wire;
  private final InstantSource clock;
  private final Waiting waiting;
  private final CompletableFuture<Void> closing;

  /// @param wire what to write to
  /// @param clock for the Date header
  /// @param waiting how delays pass
  /// @param closing ends all waiting
  AnswerWriter(Wire wire, InstantSource clock, Waiting waiting, CompletableFuture<Void> closing) {
    this.wire = wire;
    this.clock = clock;
    this.waiting = waiting;
    this.closing = closing;
  }

  /// Sends the answer.
  ///
  /// @param answered run when the request's service ends: before a whole answer is sent, since a
  ///   client that has it may ask again at once
  /// @return whether the connection goes on
  boolean write(Reply reply, ReceivedRequest request, boolean keepAlive, Runnable answered)
      throws IOException, InterruptedException {
    var answer = reply.answer();
    if (!answer.delay().isZero() && isClosingAfter(answer.delay())) {
      return false;
    }
    if (answer.delivery() instanceof Delivery.Whole) {
      answered.run();
    }
    return switch (answer.delivery()) {
      case Delivery.Silence _ -> waitForClosing();
      case Delivery.Reset _ -> reset();
      case Delivery.Whole _,
          Delivery.Truncated _,
          Delivery.ResetInBody _,
          Delivery.StalledBody _,
          Delivery.Slow _,
          Delivery.SlowHead _,
          Delivery.Repeated _ ->
          send(reply, request, keepAlive && answer.status() < 400);
    };
  }

  private boolean send(Reply reply, ReceivedRequest request, boolean keepAlive)
      throws IOException, InterruptedException {
    var answer = reply.answer();
    var out = wire.output();
    var compressed =
        answer.delivery() instanceof Delivery.Whole
            && answer.body().length > COMPRESSED_ABOVE_BYTES
            && request.header("accept-encoding").orElse("").contains("gzip");
    var body = compressed ? gzip(answer.body()) : answer.body();
    var head = head(reply, body.length, compressed, keepAlive);
    if (answer.delivery() instanceof Delivery.Whole) {
      out.write(concatenated(head, body));
      out.flush();
      return keepAlive;
    }
    if (answer.delivery() instanceof Delivery.SlowHead(int pieceBytes, Duration pause)) {
      return drip(out, concatenated(head, body), pieceBytes, pause) && keepAlive;
    }
    out.write(head);
    out.flush();
    return switch (answer.delivery()) {
      case Delivery.Truncated(int sentBytes) -> {
        out.write(body, 0, Math.min(sentBytes, body.length));
        out.flush();
        yield false;
      }
      case Delivery.ResetInBody(int sentBytes) -> {
        out.write(body, 0, Math.min(sentBytes, body.length));
        out.flush();
        yield reset();
      }
      case Delivery.StalledBody _ -> waitForClosing();
      case Delivery.Slow(int pieceBytes, Duration pause) ->
          drip(out, body, pieceBytes, pause) && keepAlive;
      case Delivery.Repeated(long totalBytes) -> repeat(out, body, totalBytes) && keepAlive;
      case Delivery.Whole _, Delivery.Silence _, Delivery.Reset _, Delivery.SlowHead _ ->
          throw new IllegalStateException("answered already");
    };
  }

  private byte[] head(Reply reply, int bodyBytes, boolean compressed, boolean keepAlive) {
    var answer = reply.answer();
    var date = HTTP_DATE.format(clock.instant());
    var head = new StringBuilder();
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(answer.reason());
    line(head, "Cache-Control", "max-age=0");
    connectionHeaders(reply, keepAlive).forEach(value -> line(head, "Connection", value));
    line(head, "Date", date);
    line(head, "Pragma", "no-cache");
    line(head, "Server", "pve-api-daemon/3.0");
    if (compressed) {
      line(head, "Content-Encoding", "gzip");
    }
    if (answer.delivery() instanceof Delivery.Repeated(long totalBytes)) {
      line(head, "Content-Length", String.valueOf(totalBytes));
    } else if (bodyBytes > 0) {
      line(head, "Content-Length", String.valueOf(bodyBytes));
    }
    answer.headers().forEach((name, value) -> line(head, name, value));
    line(head, "Expires", date);
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /// pveproxy adds its own header to the one that it got from pvedaemon (`close`: it opens a
  /// connection per request) or from another node's pveproxy (both, joined); when it closes itself
  /// it replaces them.
  private static List<String> connectionHeaders(Reply reply, boolean keepAlive) {
    if (!keepAlive) {
      return List.of("close");
    }
    var own = "Keep-Alive";
    return switch (reply.server()) {
      case PVEPROXY -> reply.otherNode() ? List.of(own, own) : List.of(own);
      case PVEDAEMON -> List.of(reply.otherNode() ? "close,Keep-Alive" : "close", own);
    };
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append("\r\n").append(name).append(": ").append(value);
  }

  private boolean drip(OutputStream out, byte[] body, int pieceBytes, Duration pause)
      throws IOException, InterruptedException {
    for (int at = 0; at < body.length; at += pieceBytes) {
      out.write(body, at, Math.min(pieceBytes, body.length - at));
      out.flush();
      if (isClosingAfter(pause)) {
        return false;
      }
    }
    return true;
  }

  private static boolean repeat(OutputStream out, byte[] body, long totalBytes) throws IOException {
    var records = new BufferedOutputStream(out, TLS_RECORD_BYTES);
    for (long left = totalBytes; left > 0; left -= body.length) {
      records.write(body, 0, (int) Math.min(left, body.length));
    }
    records.flush();
    return true;
  }

  private boolean waitForClosing() throws InterruptedException {
    waiting.await(wire.end(closing));
    return false;
  }

  private boolean isClosingAfter(Duration delay) throws InterruptedException {
    return waiting.await(closing, delay);
  }

  private boolean reset() {
    wire.reset();
    return false;
  }

  private static byte[] concatenated(byte[] head, byte[] body) {
    var whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] gzip(byte[] body) {
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
