package io.github.proxmoxzfs.config;

import java.util.List;

/// Which nodes of a cluster are asked, by patterns in which `*` stands for any text and `?` for one
/// character.
///
/// @param include a node must match one of these
/// @param exclude a node that matches one of these is left out, whatever `include` says
public record NodeFilter(List<String> include, List<String> exclude) {
  /// Every node.
  public static final NodeFilter ALL = new NodeFilter(List.of("*"), List.of());

  public NodeFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /// Whether the node of this name is to be asked.
  public boolean includes(String node) {
    return include.stream().anyMatch(pattern -> matches(pattern, node))
        && exclude.stream().noneMatch(pattern -> matches(pattern, node));
  }

  /// Matches in at most pattern times text steps, where a regular expression of many stars might
  /// take for ever.
  private static boolean matches(String pattern, String text) {
    int inPattern = 0;
    int star = -1;
    int afterStar = 0;
    int inText = 0;
    while (inText < text.length()) {
      char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : 0;
      if (wanted == '*') {
        star = inPattern++;
        afterStar = inText;
      } else if (wanted == '?' || wanted == text.charAt(inText)) {
        inPattern++;
        inText++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inText = ++afterStar;
      } else {
        return false;
      }
    }
    return pattern.substring(inPattern).chars().allMatch(rest -> rest == '*');
  }
}
