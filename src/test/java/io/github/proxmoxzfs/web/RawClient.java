package io.github.proxmoxzfs.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A client that need not behave: one connection, written and read byte by byte.
final class RawClient implements AutoCloseable {
  /// Small, so that an answer that is not read soon has no place to be.
  private static final int RECEIVE_BUFFER = 4096;

  private final Socket socket = new Socket();
  private @Nullable InputStream input;

  RawClient(InetSocketAddress server) {
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
      socket.setTcpNoDelay(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Sends the text; whether that was possible.
  boolean send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Sends a request for a path.
  RawClient get(String path) {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return this;
  }

  /// Sends what nobody asked for until the server has closed the connection, and reads nothing.
  void sendUntilClosed() {
    String noise = "x".repeat(64 * 1024);
    boolean open = true;
    while (open) {
      open = send(noise);
    }
  }

  /// Says that nothing more will be sent.
  RawClient closeOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Reads one byte; -1 where the server has closed the connection, in whatever way.
  int read() {
    try {
      if (input == null) {
        input = new BufferedInputStream(socket.getInputStream(), 1024);
      }
      return input.read();
    } catch (IOException _) {
      return -1;
    }
  }

  /// Reads until the server closes the connection, in whatever way.
  String readToEnd() {
    var text = new StringBuilder();
    for (int next = read(); next >= 0; next = read()) {
      text.append((char) next);
    }
    return text.toString();
  }

  /// Reads until and with the given text; all there was where it does not come.
  String readTo(String end) {
    var text = new StringBuilder();
    boolean ended = false;
    while (!ended) {
      int next = read();
      if (next >= 0) {
        text.append((char) next);
      }
      ended = next < 0 || text.indexOf(end, text.length() - end.length()) >= 0;
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
