package io.github.proxmoxzfs.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The parameters of a request, held against those that its path has.
///
/// A parameter that the path does not have is refused, unlike with node_exporter and
/// blackbox_exporter: a mistyped `node` would give the whole cluster's metrics instead of the
/// node's, and nobody would notice.
final class Parameters {
  private static final int MOST_NAMES_SHOWN = 20;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// @param known the names that the path has
  /// @throws BadRequestException if there is another
  static Parameters of(Request request, String path, List<String> known)
      throws BadRequestException {
    for (String name : request.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new BadRequestException(
            path
                + " has no parameter "
                + Quoted.of(name)
                + ". It has: "
                + String.join(", ", known)
                + ".");
      }
    }
    return new Parameters(request.parameters());
  }

  /// The value of a parameter, if it was given.
  ///
  /// @throws BadRequestException if it was given several times
  Optional<String> once(String name) throws BadRequestException {
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      throw new BadRequestException("Give " + name + " only once.");
    }
    return given.stream().findFirst();
  }

  /// The values of a parameter that may be repeated.
  Set<String> each(String name) {
    return Set.copyOf(values.getOrDefault(name, List.of()));
  }

  /// Names for a sentence, sorted; of many the first.
  static String enumerated(Collection<String> names) {
    String first =
        names.stream().sorted().limit(MOST_NAMES_SHOWN).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
