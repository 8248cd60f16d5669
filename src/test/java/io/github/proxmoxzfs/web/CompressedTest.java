package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompressedTest {
  private static List<List<String>> texts() {
    String long1 = "zfs_pool_health{node=\"pve1\"} 0.0\n".repeat(10_000);
    String long2 = "zfs_pool_present{node=\"pve1\"} 1.0\n".repeat(3_000);
    return List.of(
        List.of(),
        List.of(""),
        List.of("one"),
        List.of("one", "two"),
        List.of("", "one", "", "two", ""),
        List.of(long1, long2, long1));
  }

  private static Compressed of(List<String> texts) {
    return new Compressed(pieces(texts).toList());
  }

  private static byte[] sent(Compressed body, boolean asGzip) throws IOException {
    var out = new ByteArrayOutputStream();
    body.writeTo(out, asGzip);
    assertThat(body.length(asGzip)).isEqualTo(out.size());
    return out.toByteArray();
  }

  /// The JDK's reader checks the length and the checksum at the end, and that nothing follows.
  @ParameterizedTest
  @MethodSource("texts")
  void piecesAreOneGzipStreamOfTheWholeText(List<String> texts) throws IOException {
    String whole = String.join("", texts);
    var in = new ByteArrayInputStream(sent(of(texts), true));
    try (var body = new GZIPInputStream(in)) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(whole);
    }
    assertThat(in.available()).isZero();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void whoTakesNoGzipGetsTheText(List<String> texts) throws IOException {
    assertThat(new String(sent(of(texts), false), StandardCharsets.UTF_8))
        .isEqualTo(String.join("", texts));
  }

  /// A piece may stand in several bodies.
  @ParameterizedTest
  @MethodSource("texts")
  void aPieceServesTwice(List<String> texts) throws IOException {
    Piece piece = Piece.of(out -> out.write("shared".getBytes(StandardCharsets.UTF_8)));
    List<Piece> twice =
        Stream.concat(Stream.of(piece), Stream.concat(pieces(texts), Stream.of(piece))).toList();
    assertThat(new String(sent(new Compressed(twice), false), StandardCharsets.UTF_8))
        .isEqualTo("shared" + String.join("", texts) + "shared");
  }

  private static Stream<Piece> pieces(List<String> texts) {
    return texts.stream()
        .map(
            text -> {
              try {
                return Piece.of(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }
}
