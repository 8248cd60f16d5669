package io.github.proxmoxzfs.config;

/// Says in our words what snakeyaml-engine found wrong. Its own words quote the file, and so
/// perhaps a secret.
final class YamlProblem {
  private YamlProblem() {}

  /// A sentence for a problem of the scanner, parser or composer of snakeyaml-engine 3.2.
  static String describe(String problem) {
    if (problem.contains("(TAB)")) {
      return "a tab, where YAML allows blanks only";
    }
    if (problem.contains("cannot start any token")) {
      return "a value begins with a character that YAML keeps for itself: put it in quotes";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "a colon where none may be: is the indentation right,"
          + " or does a value with a colon need quotes?";
    }
    if (problem.startsWith("could not find expected ':'")) {
      return "a colon and a blank are missing after a key";
    }
    if (problem.startsWith("expected <block end>")
        || problem.startsWith("sequence entries are not allowed")) {
      return "this does not fit the lines above: is the indentation right?";
    }
    if (problem.startsWith("expected ',' or")) {
      return "a comma or a closing bracket is missing";
    }
    if (problem.contains("unexpected end of stream") || problem.contains("node content")) {
      return "something was opened and not closed, or is missing: a quote, a bracket, a value?";
    }
    if (problem.contains("escape")) {
      return "an unknown escape (\\) in double quotes: single quotes know none";
    }
    if (problem.contains("undefined alias")) {
      return "a value begins with *, which YAML takes for an alias: put it in quotes";
    }
    if (problem.contains("tag handle") || problem.contains("URI")) {
      return "a value begins with !, which YAML takes for a tag: put it in quotes";
    }
    if (problem.startsWith("Expected mapping node or an anchor")) {
      return "what << names is not a mapping";
    }
    if (problem.startsWith("but found another document")) {
      return "a second document begins: there must be only one";
    }
    return "this is not valid YAML";
  }
}
