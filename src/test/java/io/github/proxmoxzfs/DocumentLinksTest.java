package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds that what the documents link to is there, and that a reader finds each of them.
class DocumentLinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");

  static List<Path> documents() {
    return Documents.all();
  }

  private static List<String> links(Path document) {
    return LINK.matcher(Documents.prose(document))
        .results()
        .map(found -> Optional.ofNullable(found.group(1)).orElse(found.group(2)))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /// Where a link leads, from the project's folder.
  private static Path target(Path document, String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty()
        ? document
        : Path.of("").resolve(document.resolveSibling(file)).normalize();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) {
    assertThat(links(document))
        .allSatisfy(
            link -> {
              Path target = target(document, link);
              assertThat(target).exists();
              if (link.contains("#")) {
                assertThat(Documents.anchors(target)).contains(link.replaceFirst(".*#", ""));
              }
            });
  }

  @Test
  void everyDocumentIsFoundFromTheReadme() {
    Set<Path> found = new HashSet<>();
    var open = new ArrayDeque<>(List.of(Path.of("README.md")));
    while (!open.isEmpty()) {
      Path document = open.pop();
      if (found.add(document)) {
        links(document).stream()
            .map(link -> target(document, link))
            .map(target -> Files.isDirectory(target) ? target.resolve("README.md") : target)
            .filter(target -> target.toString().endsWith(".md") && Files.exists(target))
            .forEach(open::push);
      }
    }

    assertThat(found).as("linked from README.md, by way of others").containsAll(documents());
  }
}
