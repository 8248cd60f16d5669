package io.github.proxmoxzfs.web;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The clusters as one configuration has them, on loan to a request: they can be asked until it is
/// closed, whatever is configured meanwhile.
public interface Configured extends AutoCloseable {
  /// The clusters by their names.
  SortedMap<String, Target> targets();

  /// When this configuration was read.
  Instant readAt();

  /// Whether it was right when it was last read, so that this is what the files say.
  boolean lastReadGood();

  @Override
  void close();

  /// What makes the loans, and configures anew.
  interface Source {
    /// The clusters as they are configured now.
    Configured borrow();

    /// Reads the configuration again, and puts it in the place of the one there is if nothing is
    /// wrong with it.
    ///
    /// @return all that is wrong, a sentence each
    List<String> reload();

    /// Clusters that stay as they are.
    static Source of(Collection<Target> targets, Instant readAt) {
      var byName = new TreeMap<String, Target>();
      targets.forEach(target -> byName.put(target.name(), target));
      return new Source() {
        @Override
        public Configured borrow() {
          return new Fixed(Collections.unmodifiableSortedMap(byName), readAt);
        }

        @Override
        public List<String> reload() {
          return List.of();
        }
      };
    }
  }

  /// Clusters that need not be given back.
  record Fixed(SortedMap<String, Target> targets, Instant readAt) implements Configured {
    @Override
    public boolean lastReadGood() {
      return true;
    }

    @Override
    public void close() {}
  }
}
