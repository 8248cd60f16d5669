package io.github.proxmoxzfs.faults;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The series of a scrape, each with its value. Those that tell when or how long something was read
/// have the same value each time.
///
/// @param values what stands before the last blank of a line, and what after it
public record Metrics(SortedMap<String, String> values) {
  private static final Pattern TIME_OF_READING =
      Pattern.compile(
          "(zfs_scrape_collector_duration_seconds|zfs_pool_read_timestamp_seconds|"
              + "proxmox_zfs_exporter_collection_timestamp_seconds)(\\{.*)?");

  /// What is asked beside the scrapes, and is there or not when one ends; a leaf's disk is one of
  /// its labels.
  private static final Pattern ASKED_BESIDE =
      Pattern.compile(
          "(proxmox_zfs_exporter_node_version_info|zfs_replication_|smartctl_|pve_disk_"
              + "|zfs_vdev_disk_present|.*collector=\"(versions|replication|disks|smart)\").*");

  static Metrics of(ClusterSnapshot snapshot) {
    Set<String> all =
        Arrays.stream(Collector.values()).map(Collector::label).collect(Collectors.toSet());
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text,
              ClusterMetrics.of(snapshot, all).families(),
              EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return ofScrape(text.toString(StandardCharsets.UTF_8));
  }

  /// The series of an answer in the text format, but for what is asked beside the scrapes. Of a
  /// leaf's disk nothing is known there.
  public static Metrics ofScrape(String text) {
    return of(
        text.lines()
            .filter(line -> !ASKED_BESIDE.matcher(line).matches())
            .map(
                line ->
                    line.startsWith("zfs_vdev_info{")
                        ? line.replaceAll("\\b(device|model|serial|wwn)=\"[^\"]*\"", "$1=\"\"")
                        : line)
            .collect(Collectors.joining("\n")));
  }

  /// The series of an answer in the text format.
  public static Metrics of(String text) {
    var values = new TreeMap<String, String>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              String series = line.substring(0, blank);
              boolean reading = TIME_OF_READING.matcher(series).matches();
              values.put(series, reading ? "(then)" : line.substring(blank + 1));
            });
    return new Metrics(values);
  }

  /// What is missing, new and different here, a line each: `- series`, `+ series value`, `~ series
  /// value`.
  public Set<String> differenceTo(Metrics whole) {
    var lines = new TreeSet<String>();
    whole.values.keySet().stream()
        .filter(series -> !values.containsKey(series))
        .forEach(series -> lines.add("- " + series));
    values.forEach(
        (series, value) -> {
          String before = whole.values.get(series);
          if (before == null) {
            lines.add("+ " + series + " " + value);
          } else if (!before.equals(value)) {
            lines.add("~ " + series + " " + value);
          }
        });
    return lines;
  }

  /// The values of a label of a family.
  public Set<String> labels(String family, String label) {
    var wanted = Pattern.compile(family + "\\{.*\\b" + label + "=\"([^\"]*)\".*}");
    return values.keySet().stream()
        .map(wanted::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Map<String, String> asMap() {
    return values;
  }
}
