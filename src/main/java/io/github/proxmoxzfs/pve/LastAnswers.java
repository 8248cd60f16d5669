package io.github.proxmoxzfs.pve;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The last good answers to questions that are asked with each scrape, and what was read of them.
/// Most pools answer the very same again and again; then nothing need be read anew, and whoever
/// compares what was read sees at once that it is the same.
///
/// @param <T> what is read
final class LastAnswers<T> {
  private record Read<T>(Answer answer, T value) {}

  private final Map<String, Read<T>> byPath = new ConcurrentHashMap<>();

  /// What was read of the last answer, where this one says the very same.
  Optional<T> of(String path, Answer answer) {
    Read<T> last = byPath.get(path);
    return last != null && last.answer().saysTheSameAs(answer)
        ? Optional.of(last.value())
        : Optional.empty();
  }

  void keep(String path, Answer answer, T value) {
    byPath.put(path, new Read<>(answer, value));
  }

  /// Forgets the answers to questions that are not asked any more.
  void keepOnly(Predicate<String> asked) {
    byPath.keySet().removeIf(asked.negate());
  }
}
