package io.github.proxmoxzfs.pve;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/// Gives the value of last time where an answer holds the same data as then: most pools show the
/// very same with each scrape. Answers cannot be compared as bytes, since Perl writes the members
/// of an object in another order each time.
///
/// What is kept may be given up at any time; the data is then read anew.
final class UnchangedData<T> {
  private volatile SoftReference<Read<T>> last = new SoftReference<>(null);

  private record Read<T>(JsonValue data, T value) {}

  /// The value, as read before or anew.
  ///
  /// @return an immutable value
  T read(JsonValue data, DataReader<T> reader) throws MalformedException {
    @Nullable Read<T> before = last.get();
    if (before != null && before.data().equals(data)) {
      return before.value();
    }
    T value = reader.read(data);
    last = new SoftReference<>(new Read<>(data, value));
    return value;
  }
}
