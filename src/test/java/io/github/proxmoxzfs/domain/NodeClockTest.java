package io.github.proxmoxzfs.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClockTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          summer,                      Europe/Berlin,    2026-07-05T10:09:09, 2026-07-05T09:00:00Z, 2026-07-05T08:09:09Z
          winter,                      Europe/Berlin,    2026-12-02T00:59:58, 2026-12-02T00:00:01Z, 2026-12-01T23:59:58Z
          repeated hour first pass,    Europe/Berlin,    2026-10-25T02:29:52, 2026-10-25T00:29:55Z, 2026-10-25T00:29:52Z
          repeated hour second pass,   Europe/Berlin,    2026-10-25T02:29:53, 2026-10-25T01:29:55Z, 2026-10-25T01:29:53Z
          repeated hour read in March, Europe/Berlin,    2026-10-25T02:29:53, 2027-03-01T00:00:00Z, 2026-10-25T01:29:53Z
          repeated hour at its end,    Europe/Berlin,    2026-10-25T02:30:00, 2026-10-25T01:30:00Z, 2026-10-25T01:30:00Z
          repeated hour not yet come,  Europe/Berlin,    2026-10-25T02:30:00, 2026-10-24T00:00:00Z, 2026-10-25T00:30:00Z
          skipped hour,                Europe/Berlin,    2026-03-29T02:30:00, 2026-03-30T00:00:00Z, 2026-03-29T01:30:00Z
          after the skipped hour,      America/New_York, 2026-03-08T03:00:02, 2026-03-08T07:00:04Z, 2026-03-08T07:00:02Z
          half an hour's offset,       Asia/Kolkata,     2026-02-28T23:59:59, 2026-02-28T18:30:01Z, 2026-02-28T18:29:59Z
          """)
  void aLocalDateMeansThisInstant(
      String name, ZoneId zone, LocalDateTime date, Instant readAt, Instant expected) {
    assertThat(new NodeClock(zone, Duration.ZERO).instantOf(date, readAt)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "node {0} ahead of us")
  @CsvSource({
    // By our clock the second pass at 02:29:53 has not come yet; by the node's it has.
    "PT10S,  2026-10-25T01:29:53Z",
    "PT0S,   2026-10-25T00:29:53Z",
    "PT-10S, 2026-10-25T00:29:53Z"
  })
  void theNodesClockDecidesWhetherAnInstantHasCome(Duration aheadOfUs, Instant expected) {
    var clock = new NodeClock(ZoneId.of("Europe/Berlin"), aheadOfUs);
    assertThat(
            clock.instantOf(
                LocalDateTime.parse("2026-10-25T02:29:53"), Instant.parse("2026-10-25T01:29:50Z")))
        .isEqualTo(expected);
  }
}
