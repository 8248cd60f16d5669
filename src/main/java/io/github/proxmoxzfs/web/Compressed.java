package io.github.proxmoxzfs.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A large body that was made and waits for its reader, compressed: metrics shrink to a twentieth.
/// So it can be whole before its first byte is sent, which gives it a length and a status that
/// hold, and a slow reader costs little memory whether it takes gzip or not.
final class Compressed {
  private final byte[] gzip;
  private final long length;

  private Compressed(byte[] gzip, long length) {
    this.gzip = gzip;
    this.length = length;
  }

  static Compressed of(Response.Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var counting = new Counting(new FastGzip(bytes));
    try (counting) {
      content.writeTo(counting);
    }
    return new Compressed(bytes.toByteArray(), counting.count);
  }

  /// The number of bytes that are sent.
  long length(boolean asGzip) {
    return asGzip ? gzip.length : length;
  }

  /// @param asGzip whether it is sent as it is, or as it was
  void writeTo(OutputStream out, boolean asGzip) throws IOException {
    if (asGzip) {
      out.write(gzip);
      return;
    }
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      plain.transferTo(out);
    }
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(LEVEL);
    }

    private static final int LEVEL = 3;
  }

  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private long count;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
