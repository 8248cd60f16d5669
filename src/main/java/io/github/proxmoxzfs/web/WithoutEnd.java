package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Passes on what is written but for its last bytes, which must be known ones.
final class WithoutEnd extends OutputStream {
  private final OutputStream out;
  private final byte[] end;
  private byte[] heldBack = {};

  WithoutEnd(OutputStream out, byte[] end) {
    this.out = out;
    this.end = end;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length >= end.length) {
      out.write(heldBack);
      int kept = offset + length - end.length;
      out.write(bytes, offset, length - end.length);
      heldBack = Arrays.copyOfRange(bytes, kept, kept + end.length);
    } else {
      byte[] both = Arrays.copyOf(heldBack, heldBack.length + length);
      System.arraycopy(bytes, offset, both, heldBack.length, length);
      int passed = Math.max(0, both.length - end.length);
      out.write(both, 0, passed);
      heldBack = Arrays.copyOfRange(both, passed, both.length);
    }
  }

  /// To be called when all is written.
  ///
  /// @throws IOException if it does not end with what it must
  void finish() throws IOException {
    if (!Arrays.equals(heldBack, end)) {
      throw new IOException("the text does not end as expected");
    }
  }
}
