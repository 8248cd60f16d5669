package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Scan.Function;
import io.github.proxmoxzfs.domain.Scan.Progress;
import io.github.proxmoxzfs.domain.Scan.Subject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanParserTest {
  private static final Subject SCRUB = Subject.of(Function.SCRUB);
  private static final Subject THOROUGH = new Subject(Function.SCRUB, true, Optional.empty());
  private static final Subject RESILVER = Subject.of(Function.RESILVER);
  private static final Subject REBUILD =
      new Subject(Function.REBUILD, false, Optional.of("mirror-0"));
  private static final Subject ERROR_SCRUB = Subject.of(Function.ERROR_SCRUB);
  private static final LocalDateTime AT_1806 = LocalDateTime.of(2025, 7, 25, 18, 6, 37);
  private static final LocalDateTime AT_1610 = LocalDateTime.of(2025, 7, 25, 16, 10, 8);
  private static final LocalDateTime MONDAY = LocalDateTime.of(2025, 7, 7, 3, 0, 0);

  static Stream<Arguments> finished() {
    return Stream.of(
        arguments("0.8", "none requested", new Scan.None()),
        arguments(
            "0.6",
            "scrub repaired 0 in 1h56m with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(SCRUB, 0, "PT1H56M", 0, AT_1806)),
        arguments(
            "0.7",
            "scrub repaired 0B in 26h3m with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(SCRUB, 0, "PT26H3M", 0, AT_1806)),
        arguments(
            "0.8",
            "scrub repaired 0B in 0 days 01:56:29 with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(SCRUB, 0, "PT1H56M29S", 0, AT_1806)),
        arguments(
            "2.0",
            "scrub repaired 1.27M in 1 days 02:03:04 with 3 errors on Mon Jul  7 03:00:00 2025",
            finished(SCRUB, 1_331_692, "P1DT2H3M4S", 3, MONDAY)),
        arguments(
            "2.4",
            "scrub repaired 0B in 01:56:29 with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(SCRUB, 0, "PT1H56M29S", 0, AT_1806)),
        arguments(
            "master",
            "thorough scrub repaired 0B in 01:56:29 with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(THOROUGH, 0, "PT1H56M29S", 0, AT_1806)),
        arguments(
            "0.6",
            "resilvered 300G in 0h12m with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(RESILVER, 322_122_547_200L, "PT12M", 0, AT_1806)),
        arguments(
            "0.8",
            "resilvered 300G in 0 days 00:12:13 with 1 errors on Fri Jul 25 18:06:37 2025",
            finished(RESILVER, 322_122_547_200L, "PT12M13S", 1, AT_1806)),
        arguments(
            "2.3",
            "resilvered 1.23T in 00:12:13 with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(RESILVER, 1_352_399_302_164L, "PT12M13S", 0, AT_1806)),
        arguments(
            "2.0",
            "resilvered (mirror-0) 120G in 00:12:13 with 0 errors on Fri Jul 25 18:06:37 2025",
            finished(REBUILD, 128_849_018_880L, "PT12M13S", 0, AT_1806)),
        arguments(
            "master",
            "resilvered (draid2:11d:53c:106w:1s-0) 1K in 00:00:01 with 0 errors on Fri Jul 25"
                + " 18:06:37 2025",
            finished(
                new Subject(Function.REBUILD, false, Optional.of("draid2:11d:53c:106w:1s-0")),
                1024,
                "PT1S",
                0,
                AT_1806)),
        arguments(
            "0.8",
            "scrub repaired 0B in 0 days 00:00:02 with 0 errors on Mon Jul  7 03:00:00 2025 scan"
                + " warning: skipped blocks that are only referenced by the checkpoint.",
            finished(SCRUB, 0, "PT2S", 0, MONDAY)),
        arguments(
            "2.2",
            "scrubbed 12 error blocks in 0 days 00:00:05 on Fri Jul 25 18:06:37 2025",
            new Scan.Finished(
                ERROR_SCRUB,
                OptionalLong.empty(),
                Optional.of(Duration.ofSeconds(5)),
                OptionalLong.empty(),
                OptionalLong.of(12),
                AT_1806)),
        arguments(
            "all", "scrub canceled on Mon Jul  7 03:00:00 2025", new Scan.Canceled(SCRUB, MONDAY)),
        arguments(
            "master",
            "thorough scrub canceled on Mon Jul  7 03:00:00 2025",
            new Scan.Canceled(THOROUGH, MONDAY)),
        arguments(
            "all",
            "resilver canceled on Mon Jul  7 03:00:00 2025",
            new Scan.Canceled(RESILVER, MONDAY)),
        arguments(
            "2.0",
            "resilver (mirror-0) canceled on Mon Jul  7 03:00:00 2025",
            new Scan.Canceled(REBUILD, MONDAY)),
        arguments(
            "2.2",
            "error scrub canceled on Mon Jul  7 03:00:00 2025",
            new Scan.Canceled(ERROR_SCRUB, MONDAY)));
  }

  static Stream<Arguments> underWay() {
    return Stream.of(
        arguments(
            "0.6",
            "resilver in progress since Fri Jul 25 16:10:08 2025 1.95T scanned out of 10T at"
                + " 569M/s, 4h7m to go 300G resilvered, 19.53% done",
            new Scan.InProgress(
                RESILVER,
                AT_1610,
                progress("1.95T", "", "10T", "569M", "", "300G", 0.1953, "PT4H7M"))),
        arguments(
            "0.7",
            "scrub in progress since Fri Jul 25 16:10:08 2025 1.95T scanned out of 10T at"
                + " 1.23K/s, (scan is slow, no estimated time) 0B repaired, 19.53% done",
            new Scan.InProgress(
                SCRUB, AT_1610, progress("1.95T", "", "10T", "1.23K", "", "0B", 0.1953, ""))),
        arguments(
            "0.7",
            "scrub paused since Fri Jul 25 18:06:37 2025 scrub started on   Fri Jul 25 16:10:08"
                + " 2025 1.95T scanned out of 10T 0B repaired, 19.53% done",
            new Scan.Paused(
                SCRUB, AT_1806, AT_1610, progress("1.95T", "", "10T", "", "", "0B", 0.1953, ""))),
        arguments(
            "0.8",
            "scrub in progress since Fri Jul 25 16:10:08 2025 1.95T scanned at 569M/s, 1000G"
                + " issued at 284M/s, 10T total 0B repaired, 9.77% done, 0 days 09:14:24 to go",
            new Scan.InProgress(
                SCRUB,
                AT_1610,
                progress("1.95T", "1000G", "10T", "569M", "284M", "0B", 0.0977, "PT9H14M24S"))),
        arguments(
            "0.8",
            "scrub paused since Fri Jul 25 18:06:37 2025 scrub started on Fri Jul 25 16:10:08 2025"
                + " 1.95T scanned, 1000G issued, 10T total 0B repaired, 9.77% done",
            new Scan.Paused(
                SCRUB,
                AT_1806,
                AT_1610,
                progress("1.95T", "1000G", "10T", "", "", "0B", 0.0977, ""))),
        arguments(
            "2.0",
            "resilver (mirror-0) in progress since Fri Jul 25 16:10:08 2025 100G scanned at"
                + " 171M/s, 90G issued 154M/s, 400G total 90G resilvered, 25.00% done, 00:30:00"
                + " to go",
            new Scan.InProgress(
                REBUILD,
                AT_1610,
                progress("100G", "90G", "400G", "171M", "154M", "90G", 0.25, "PT30M"))),
        arguments(
            "2.1",
            "resilver in progress since Fri Jul 25 16:10:08 2025 201M scanned at 8.03M/s, 88.2M"
                + " issued at 3.53M/s, 201M total 73.7M resilvered, 43.97% done, no estimated"
                + " completion time",
            new Scan.InProgress(
                RESILVER,
                AT_1610,
                progress("201M", "88.2M", "201M", "8.03M", "3.53M", "73.7M", 0.4397, ""))),
        arguments(
            "2.2",
            "scrub in progress since Fri Jul 25 16:10:08 2025 20G / 10T scanned at 5.69M/s, 1G /"
                + " 10.0T issued at 291K/s 0B repaired, 0.01% done, no estimated completion time",
            new Scan.InProgress(
                SCRUB, AT_1610, progress("20G", "1G", "10T", "5.69M", "291K", "0B", 0.0001, ""))),
        arguments(
            "2.3",
            "scrub in progress since Fri Jul 25 16:10:08 2025 0B / 10T scanned, 0B / 10T issued"
                + " 0B repaired, 0.00% done, no estimated completion time",
            new Scan.InProgress(SCRUB, AT_1610, progress("0B", "0B", "10T", "", "", "0B", 0, ""))),
        arguments(
            "2.4",
            "resilver (mirror-0) in progress since Fri Jul 25 16:10:08 2025 123M / 201M scanned at"
                + " 3.42M/s, 123M / 201M issued at 3.42M/s 96.6M resilvered, 61.32% done, 1 days"
                + " 00:00:13 to go",
            new Scan.InProgress(
                REBUILD,
                AT_1610,
                progress("123M", "123M", "201M", "3.42M", "3.42M", "96.6M", 0.6132, "P1DT13S"))),
        arguments(
            "2.4",
            "scrub in progress since Fri Jul 25 16:10:08 2025 12T / 10T scanned at 5.69M/s, 12T /"
                + " 10T issued 0B repaired, 120.00% done, no estimated completion time scan"
                + " warning: skipping blocks that are only referenced by the checkpoint.",
            new Scan.InProgress(
                SCRUB, AT_1610, progress("12T", "12T", "10T", "5.69M", "", "0B", 1.2, ""))),
        arguments(
            "master",
            "thorough scrub in progress since Fri Jul 25 16:10:08 2025 0B / 0B scanned, 0B / 0B"
                + " issued 0B repaired, -nan% done, no estimated completion time",
            new Scan.InProgress(
                THOROUGH, AT_1610, progress("0B", "0B", "0B", "", "", "0B", Double.NaN, ""))),
        arguments(
            "master",
            "thorough scrub paused since Fri Jul 25 18:06:37 2025 thorough scrub started on Fri"
                + " Jul 25 16:10:08 2025 1.95T / 10T scanned, 1000G / 10T issued 0B repaired,"
                + " inf% done",
            new Scan.Paused(
                THOROUGH,
                AT_1806,
                AT_1610,
                progress("1.95T", "1000G", "10T", "", "", "0B", Double.NaN, ""))),
        arguments(
            "2.2",
            "error scrub in progress since Fri Jul 25 16:10:08 2025 50.00% done, issued I/O for 47"
                + " error blocks",
            new Scan.InProgress(ERROR_SCRUB, AT_1610, errorScrubProgress(0.5, 47))),
        arguments(
            "2.2",
            "error scrub paused since Fri Jul 25 18:06:37 2025 error scrub started on Fri Jul 25"
                + " 16:10:08 2025 0.00% done, issued I/O for 0 error blocks",
            new Scan.Paused(ERROR_SCRUB, AT_1806, AT_1610, errorScrubProgress(0, 0))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"finished", "underWay"})
  void eachTemplateOfEachReleaseIsRead(String release, String text, Scan expected) {
    assertThat(ScanParser.parse(text)).as(release).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "213503982334601 days 06:00:28",
        "5124095576030431h15m",
        "18446744073709551615 days 01:02:03"
      })
  void durationOfAClockSetBackIsAbsentAndTheRestKept(String nonsense) {
    assertThat(
            ScanParser.parse(
                "scrub repaired 0B in " + nonsense + " with 2 errors on Mon Jul  7 03:00:00 2025"))
        .isEqualTo(
            new Scan.Finished(
                SCRUB,
                OptionalLong.of(0),
                Optional.empty(),
                OptionalLong.of(2),
                OptionalLong.empty(),
                MONDAY));
  }

  @Test
  void wrongWeekdayDoesNotCostTheDate() {
    assertThat(ScanParser.parse("scrub canceled on Tue Jul  7 03:00:00 2025"))
        .isEqualTo(new Scan.Canceled(SCRUB, MONDAY));
  }

  @Test
  void numberThatNoLongHoldsIsAbsent() {
    assertThat(
            ScanParser.parse(
                "resilvered 16.0E in 00:00:01 with 18446744073709551615 errors on Mon Jul  7"
                    + " 03:00:00 2025"))
        .isEqualTo(
            new Scan.Finished(
                RESILVER,
                OptionalLong.empty(),
                Optional.of(Duration.ofSeconds(1)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                MONDAY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "scrub",
        "scrub repaired",
        "none requested yet",
        "deep scrub canceled on Mon Jul  7 03:00:00 2025",
        "scrub cancelled on Mon Jul  7 03:00:00 2025",
        "scrub canceled on Mon Feb 30 03:00:00 2025",
        "scrub canceled on Mo  Jul  7 03:00:00 2025",
        "scrub canceled on Mon Jul  7 25:00:00 2025",
        "scrub canceled on Mon Jul  7 03:00:00 20255",
        "scrub canceled on Mon Jul  7 03:00:00 2025 and so on",
        "scrub repaired 0B in 00:00:02 with 0 errors",
        "scrub repaired 0Q in 00:00:02 with 0 errors on Mon Jul  7 03:00:00 2025",
        "scrub repaired 1.B in 00:00:02 with 0 errors on Mon Jul  7 03:00:00 2025",
        "scrub repaired 0B in ٠٠:٠٠:٠٢ with 0 errors on Mon Jul  7 03:00:00 2025",
        "scrub repaired 0B in 00:00:02 with 999999999999999999999 errors on Mon Jul  7 03:00:00"
            + " 2025",
        "resilver (mirror-0 canceled on Mon Jul  7 03:00:00 2025",
        "resilver () canceled on Mon Jul  7 03:00:00 2025",
        "error scrub in progress since Fri Jul 25 16:10:08 2025",
        "thorough scrub paused since Fri Jul 25 18:06:37 2025 scrub started on Fri Jul 25 16:10:08"
            + " 2025 1.95T / 10T scanned, 1000G / 10T issued 0B repaired, 1.00% done",
      })
  void textOfNoTemplateIsUnknown(String text) {
    assertThat(ScanParser.parse(text)).isEqualTo(new Scan.Unknown(text));
  }

  private static Scan finished(
      Subject subject, long processedBytes, String duration, long errors, LocalDateTime ended) {
    return new Scan.Finished(
        subject,
        OptionalLong.of(processedBytes),
        Optional.of(Duration.parse(duration)),
        OptionalLong.of(errors),
        OptionalLong.empty(),
        ended);
  }

  private static Progress progress(
      String scanned,
      String issued,
      String total,
      String scanRate,
      String issueRate,
      String processed,
      double progress,
      String remaining) {
    return new Progress(
        bytes(scanned),
        bytes(issued),
        bytes(total),
        bytes(scanRate),
        bytes(issueRate),
        bytes(processed),
        Double.isNaN(progress) ? OptionalDouble.empty() : OptionalDouble.of(progress),
        remaining.isEmpty() ? Optional.empty() : Optional.of(Duration.parse(remaining)),
        OptionalLong.empty());
  }

  private static Progress errorScrubProgress(double progress, long blocks) {
    OptionalLong none = OptionalLong.empty();
    return new Progress(
        none,
        none,
        none,
        none,
        none,
        none,
        OptionalDouble.of(progress),
        Optional.empty(),
        OptionalLong.of(blocks));
  }

  /// The bytes of a size as a person would reckon them; absent for none.
  private static OptionalLong bytes(String size) {
    if (size.isEmpty()) {
      return OptionalLong.empty();
    }
    int unit = "BKMGT".indexOf(size.charAt(size.length() - 1));
    double number = Double.parseDouble(size.substring(0, size.length() - 1));
    return OptionalLong.of(Math.round(number * Math.pow(1024, unit)));
  }
}
