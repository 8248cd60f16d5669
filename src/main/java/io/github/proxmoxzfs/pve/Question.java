package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.util.Optional;
import java.util.function.Function;

/// A question to Proxmox, and how its answer is read.
///
/// @param node the node that answers; none where the endpoint itself does
/// @param work what the node does for it
/// @param path what stands after `/api2/json`, encoded
/// @param refusal what an answer of another status than 200 means
/// @param reader reads the field `data` of a good answer
record Question<T>(
    Optional<String> node,
    Work work,
    String path,
    Function<Answer, Reading<T>> refusal,
    Reader<T> reader) {

  /// Reads the field `data` of an answer.
  @FunctionalInterface
  interface Reader<T> {
    /// Reads it.
    ///
    /// @param data the field; null where it is missing
    /// @param source the answer that holds it: when it arrived, and how its texts are shown
    Outcome<T> read(JsonValue data, Answer source) throws MalformedException;
  }

  /// What the data said.
  sealed interface Outcome<T> {
    record Value<T>(T value) implements Outcome<T> {}

    record NoValue<T>(Failed<T> failed) implements Outcome<T> {}
  }
}
