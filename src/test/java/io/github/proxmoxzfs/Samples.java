package io.github.proxmoxzfs;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Prometheus' text format into its samples, so that two texts can be compared that write the
/// same numbers and labels in other ways.
final class Samples {
  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:]+)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]+=\"(?:[^\"\\\\]|\\\\.)*\"");

  private Samples() {}

  /// The values by series: name and labels, the labels sorted.
  static Map<String, Double> of(String text) {
    var samples = new TreeMap<String, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              Matcher sample = SAMPLE.matcher(line);
              if (!sample.matches()) {
                throw new AssertionError("not a sample: " + line);
              }
              var labels = new TreeSet<String>();
              if (sample.group("labels") != null) {
                LABEL.matcher(sample.group("labels")).results().forEach(r -> labels.add(r.group()));
              }
              samples.put(sample.group("name") + labels, Double.parseDouble(sample.group("value")));
            });
    return samples;
  }

  /// The HELP texts by metric.
  static Map<String, String> help(String text) {
    var help = new TreeMap<String, String>();
    text.lines()
        .filter(line -> line.startsWith("# HELP "))
        .map(line -> line.split(" ", 4))
        .forEach(parts -> help.put(parts[2], parts[3]));
    return help;
  }
}
