package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.Exposition;
import io.github.proxmoxzfs.metrics.Family;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Makes texts of families. What was made of a family is kept until it is told otherwise: what
/// vdevs and disks are and how they do changes seldom, and making it anew would be most of the work
/// of a scrape.
///
/// Each question has texts of its own, which are given up when the memory is needed for something
/// else.
final class FamilyTexts {
  /// From how many series on a family's text is kept. Smaller ones are written together, since each
  /// by itself would hardly be compressed.
  private static final int LARGE = 32;

  /// Whoever asks for more parts of clusters than this in turn has each of them made anew.
  private static final int MOST_QUESTIONS = 1000;

  /// What was asked, and how the answer is written.
  record Key(String target, Scope scope, Set<Collector> collectors, ExpositionFormat format) {
    static Key of(Question question, ExpositionFormat format) {
      return new Key(question.target().name(), question.scope(), question.collectors(), format);
    }
  }

  /// A family that was told.
  ///
  /// @param family what it said
  /// @param droppedDuplicates the series that were left out
  /// @param part what was made of it; empty where no series was left
  private record Told(Family family, Set<String> droppedDuplicates, Optional<Part> part) {}

  private final Map<Key, SoftReference<Map<String, Told>>> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Key, SoftReference<Map<String, Told>>> eldest) {
          return size() > MOST_QUESTIONS;
        }
      };

  /// Texts of a cluster's families, to which others can be added.
  static final class Answer {
    private final ExpositionFormat format;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> dropped = new TreeSet<>();

    private Answer(ExpositionFormat format) {
      this.format = format;
    }

    /// The series that were left out because there were several of the same labels.
    Set<String> droppedDuplicates() {
      return dropped;
    }

    /// The whole text.
    ///
    /// @param others families to tell beside those of the cluster
    Compressed with(MetricSnapshots others) throws IOException {
      others.stream().map(Part.Small::new).forEach(parts::add);
      parts.sort(Comparator.comparing(Part::name));
      var text = new MetricsText(format);
      for (Part part : parts) {
        switch (part) {
          case Part.Small(MetricSnapshot family) -> text.add(family);
          case Part.Large(_, Piece piece) -> text.add(piece);
        }
      }
      return text.end();
    }
  }

  private sealed interface Part {
    String name();

    record Small(MetricSnapshot family) implements Part {
      @Override
      public String name() {
        return family.getMetadata().getPrometheusName();
      }
    }

    record Large(String name, Piece text) implements Part {}
  }

  /// An answer that tells of no cluster.
  Answer none(ExpositionFormat format) {
    return new Answer(format);
  }

  /// Makes texts of a cluster's families, or takes those that were made of the same.
  Answer of(Key key, Exposition exposition) throws IOException {
    Map<String, Told> before = last(key);
    var now = new HashMap<String, Told>();
    var answer = new Answer(key.format());
    for (Family family : exposition.each()) {
      Told known = before.get(family.name());
      Told told =
          known != null && known.family().saysTheSameAs(family)
              ? known
              : tell(family, exposition, key.format());
      now.put(family.name(), told);
      answer.dropped.addAll(told.droppedDuplicates());
      told.part().ifPresent(answer.parts::add);
    }
    keep(key, now);
    return answer;
  }

  private static Told tell(Family family, Exposition exposition, ExpositionFormat format)
      throws IOException {
    Family.Built built = exposition.build(family);
    Optional<Part> part =
        built.snapshot().isEmpty()
            ? Optional.empty()
            : Optional.of(part(family, built.snapshot().get(), format));
    return new Told(family, built.droppedDuplicates(), part);
  }

  private static Part part(Family family, GaugeSnapshot snapshot, ExpositionFormat format)
      throws IOException {
    return family.size() < LARGE
        ? new Part.Small(snapshot)
        : new Part.Large(
            family.name(), Piece.of(out -> format.write(out, MetricSnapshots.of(snapshot))));
  }

  private synchronized Map<String, Told> last(Key key) {
    SoftReference<Map<String, Told>> kept = last.get(key);
    Map<String, Told> told = kept == null ? null : kept.get();
    return told == null ? Map.of() : told;
  }

  private synchronized void keep(Key key, Map<String, Told> told) {
    last.put(key, new SoftReference<>(told));
  }
}
