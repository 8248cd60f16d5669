package io.github.proxmoxzfs.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A large body that was made and waits for its reader, compressed: metrics shrink to an eighth. So
/// it can be whole before its first byte is sent, which gives it a length and a status that hold,
/// and a slow reader costs little memory whether it takes gzip or not.
///
/// It is a gzip stream (RFC 1952) of pieces, which several bodies may share.
final class Compressed {
  /// The JDK's server gives a connection a buffer of twice what is written at once, for as long as
  /// it lives.
  private static final int WRITTEN_AT_ONCE = 4096;

  /// No name, no time, of an unknown system.
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255};

  /// An empty block that says that it is the last.
  private static final byte[] LAST_BLOCK = {3, 0};

  private static final int TRAILER_LENGTH = 8;

  private final List<byte[]> gzip = new ArrayList<>();
  private final long gzipLength;
  private final long length;

  Compressed(List<Piece> pieces) {
    gzip.add(HEADER);
    long sum = 0;
    int crc = 0;
    for (Piece piece : pieces) {
      gzip.add(piece.deflated());
      crc = Crc.combined(crc, piece.crc(), piece.length());
      sum += piece.length();
    }
    gzip.add(LAST_BLOCK);
    gzip.add(trailer(crc, sum));
    length = sum;
    gzipLength = gzip.stream().mapToLong(bytes -> bytes.length).sum();
  }

  static Compressed of(Response.Content content) throws IOException {
    return new Compressed(List.of(Piece.of(content)));
  }

  private static byte[] trailer(int crc, long length) {
    return ByteBuffer.allocate(TRAILER_LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(crc)
        .putInt((int) length)
        .array();
  }

  /// The number of bytes that are sent.
  long length(boolean asGzip) {
    return asGzip ? gzipLength : length;
  }

  /// @param asGzip whether it is sent as it is, or as it was
  void writeTo(OutputStream out, boolean asGzip) throws IOException {
    InputStream kept =
        new SequenceInputStream(
            Collections.enumeration(gzip.stream().map(ByteArrayInputStream::new).toList()));
    try (InputStream body = asGzip ? kept : new GZIPInputStream(kept, WRITTEN_AT_ONCE)) {
      var buffer = new byte[WRITTEN_AT_ONCE];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        out.write(buffer, 0, read);
      }
    }
  }
}
