package io.github.proxmoxzfs.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A piece of a text, deflated by itself: it ends at the border of a byte and refers to nothing
/// before it, so it can stand behind any other piece in any gzip stream.
final class Piece {
  /// The default, 6, makes a fifth less of metrics and takes three times as long.
  private static final int LEVEL = 3;

  private static final int BUFFER = 4096;

  private final byte[] deflated;
  private final long length;
  private final int crc;

  private Piece(byte[] deflated, long length, int crc) {
    this.deflated = deflated;
    this.length = length;
    this.crc = crc;
  }

  static Piece of(Response.Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var checksum = new CRC32();
    var deflater = new Deflater(LEVEL, true);
    try {
      // Flushed, and never finished: finishing would mark the last block.
      var deflating = new DeflaterOutputStream(bytes, deflater, BUFFER, true);
      content.writeTo(new CheckedOutputStream(deflating, checksum));
      deflating.flush();
      return new Piece(bytes.toByteArray(), deflater.getBytesRead(), (int) checksum.getValue());
    } finally {
      deflater.end();
    }
  }

  /// The blocks of DEFLATE (RFC 1951), of which none says that it is the last. They are shared, and
  /// must not be changed.
  byte[] deflated() {
    return deflated;
  }

  /// How many bytes the text has.
  long length() {
    return length;
  }

  /// The CRC-32 of the text, as gzip has it at its end.
  int crc() {
    return crc;
  }
}
