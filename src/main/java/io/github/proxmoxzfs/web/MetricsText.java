package io.github.proxmoxzfs.web;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A text of metrics as it is made: family by family, in the order of their names.
final class MetricsText {
  private final ExpositionFormat format;
  private final List<Piece> pieces = new ArrayList<>();

  /// Small families become one piece, since each by itself would hardly be compressed.
  private final List<MetricSnapshot> small = new ArrayList<>();

  MetricsText(ExpositionFormat format) {
    this.format = format;
  }

  void add(MetricSnapshot family) {
    small.add(family);
  }

  /// Adds a text that is there already.
  void add(Piece family) throws IOException {
    endPiece();
    pieces.add(family);
  }

  Compressed end() throws IOException {
    endPiece();
    pieces.add(Piece.of(format::writeEnd));
    return new Compressed(pieces);
  }

  private void endPiece() throws IOException {
    if (!small.isEmpty()) {
      var families = new MetricSnapshots(small);
      pieces.add(Piece.of(out -> format.write(out, families)));
      small.clear();
    }
  }
}
