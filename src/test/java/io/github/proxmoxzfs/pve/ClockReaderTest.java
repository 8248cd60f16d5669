package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.Question.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReaderTest {
  private static final Instant RECEIVED = Instant.ofEpochSecond(1_795_346_930L);

  @ParameterizedTest
  @CsvSource({
    "1795346932, 1795350532, Europe/Vienna, PT2S", // winter
    "1784000000, 1784007200, Europe/Vienna, PT-3151H-55M-30S", // summer
    "1795346900, 1795346900, Etc/UTC, PT-30S",
    "1795346930, 1795366730, Asia/Kolkata, PT0S",
    "1795346930, 1795328930, America/New_York, PT0S"
  })
  void theZoneIsTrustedWhenTheLocalTimeAgrees(
      long time, long localtime, String zone, Duration ahead) throws Exception {
    assertThat(read(time, localtime, zone))
        .isEqualTo(new Outcome.Value<>(new NodeClock(ZoneId.of(zone), ahead)));
  }

  @Test
  void theZoneIsDistrustedWhenTheLocalTimeContradicts() throws Exception {
    assertThat(read(1_795_346_932L, 1_795_346_932L, "Europe/Vienna"))
        .isEqualTo(
            unknown(
                "The node names the zone Europe/Vienna, which is at +01:00, but its local time is"
                    + " 0 s ahead of UTC."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mars/Olympus", "Europe/vienna", "../etc"})
  void aZoneThatIsNotKnownIsUnknown(String zone) throws Exception {
    assertThat(read(1_795_346_932L, 1_795_346_932L, zone))
        .isEqualTo(unknown("The node names no zone that is known here: \"" + zone + "\"."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"localtime\":1,\"timezone\":\"UTC\"}",
        "{\"time\":1,\"timezone\":\"UTC\"}",
        "{\"time\":\"x\",\"localtime\":1,\"timezone\":\"UTC\"}",
        "{\"time\":9223372036854775807,\"localtime\":1,\"timezone\":\"UTC\"}",
        "{\"time\":18446744073709551615,\"localtime\":1,\"timezone\":\"UTC\"}",
        "[]"
      })
  void withoutTimesTheAnswerIsMalformed(String data) {
    assertThatThrownBy(() -> read(data)).isInstanceOf(MalformedException.class);
  }

  private static Outcome<NodeClock> unknown(String detail) {
    return new Outcome.NoValue<>(new Failed<>(FailureReason.ZONE_UNKNOWN, detail));
  }

  private static Outcome<NodeClock> read(long time, long localtime, String zone)
      throws MalformedException {
    return read(
        "{\"time\":%d,\"localtime\":\"%d\",\"timezone\":\"%s\"}".formatted(time, localtime, zone));
  }

  private static Outcome<NodeClock> read(String data) throws MalformedException {
    byte[] document = ("{\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8);
    var answer = new Answer(200, document, RECEIVED, Mask.NONE);
    return ClockReader.read(answer.json().get("data"), answer);
  }
}
