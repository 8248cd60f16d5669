package io.github.proxmoxzfs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.ScrubHistory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTextTest {
  private static final Instant FULL_HOUR = Instant.parse("2026-11-22T12:00:00Z");

  private static final RememberedPool WITHOUT_SCRUB = RememberedPool.listed(FULL_HOUR);

  private static final RememberedPool SCRUBBED =
      new RememberedPool(
          FULL_HOUR,
          Duration.ofHours(30),
          Optional.of(
              new ScrubHistory.Completed(
                  Instant.parse("2026-11-08T00:28:01Z"),
                  OptionalLong.of(3),
                  OptionalLong.of(Long.MAX_VALUE),
                  Optional.of(Duration.ofSeconds(1681)))),
          Instant.MIN);

  private static final RememberedPool SCRUBBED_WITHOUT_NUMBERS =
      new RememberedPool(
          FULL_HOUR,
          Duration.ZERO,
          Optional.of(
              new ScrubHistory.Completed(
                  Instant.parse("2026-11-08T00:28:01Z"),
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  Optional.empty())),
          Instant.MIN);

  private static Recollection memory() {
    return new Recollection(
        new TreeMap<>(
            Map.of(
                new PoolKey("pve1", "rpool"), WITHOUT_SCRUB,
                new PoolKey("pve1", "tank"), SCRUBBED,
                new PoolKey("pve2", "tank"), SCRUBBED_WITHOUT_NUMBERS)),
        Map.of());
  }

  private static final String FILE =
      """
      proxmox-zfs-exporter memory 1
      [pools 1]
      pve1\trpool\t2026-11-22T12:00:00Z\tPT0S
      pve1\ttank\t2026-11-22T12:00:00Z\tPT30H
      pve2\ttank\t2026-11-22T12:00:00Z\tPT0S
      [scrubs 1]
      pve1\ttank\t2026-11-08T00:28:01Z\t3\t9223372036854775807\tPT28M1S
      pve2\ttank\t2026-11-08T00:28:01Z\t-\t-\t-
      crc32c CHECKSUM
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// A file of these lines with the checksum that they need.
  private static byte[] signed(String lines) {
    return bytes(lines + "crc32c " + checksumOf(lines) + "\n");
  }

  private static String checksumOf(String lines) {
    var checksum = new CRC32C();
    checksum.update(bytes(lines));
    return String.format(Locale.ROOT, "%08x", checksum.getValue());
  }

  @Test
  void memoryIsWrittenAsDocumentedAndReadAgain() throws Exception {
    String text = PoolSections.write(memory());
    assertThat(text.replaceFirst("(?<=crc32c )[0-9a-f]{8}", "CHECKSUM")).isEqualTo(FILE);
    assertThat(PoolSections.read(bytes(text))).isEqualTo(memory());
  }

  @Test
  void timesThatMoveWithEachScrapeAreCutToTheHour() throws Exception {
    var exact =
        new RememberedPool(
            FULL_HOUR.plusSeconds(3599), Duration.ofMinutes(119), Optional.empty(), FULL_HOUR);
    var key = new PoolKey("pve1", "tank");
    var memory = new Recollection(new TreeMap<>(Map.of(key, exact)), Map.of("pve1", FULL_HOUR));
    assertThat(PoolSections.read(bytes(PoolSections.write(memory))).pools())
        .containsExactly(
            Map.entry(key, RememberedPool.listed(FULL_HOUR).missingFor(Duration.ofHours(1))));
  }

  @Test
  void anEmptyMemoryIsAFileToo() throws Exception {
    assertThat(PoolSections.read(bytes(PoolSections.write(Recollection.NOTHING))))
        .isEqualTo(Recollection.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " ",
        "",
        "-",
        "tank:1",
        "bäckup",
        "tab\tline\nreturn\r",
        "[pools 1]",
        "\\u0041",
        "crc32c 00000000",
        "\u0000\u007f",
        "emoji \ud83d\udc18",
        "half \ud83d pair"
      })
  void anyNameComesBackAsItWas(String name) throws Exception {
    var memory =
        new Recollection(
            new TreeMap<>(
                Map.of(
                    new PoolKey("pve1", name), SCRUBBED, new PoolKey(name, "tank"), WITHOUT_SCRUB)),
            Map.of());
    assertThat(PoolSections.read(bytes(PoolSections.write(memory)))).isEqualTo(memory);
  }

  @Test
  void aFileThatLostItsEndIsKnownWhereverItWasCut() {
    byte[] whole = bytes(PoolSections.write(memory()));
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PoolSections.read(torn))
          .as("cut at %s", length)
          .isInstanceOf(MalformedMemoryException.class);
    }
  }

  @Test
  void aFileThatLostABitIsKnownWhicheverItWas() {
    byte[] whole = bytes(PoolSections.write(memory()));
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> PoolSections.read(changed))
          .as("bit %s", bit)
          .isInstanceOf(MalformedMemoryException.class);
    }
  }

  @Test
  void sectionsOfALaterReleaseArePassedOver() throws Exception {
    byte[] file =
        signed(
            """
            proxmox-zfs-exporter memory 1
            [disks 7]
            whatever
            [pools 1]
            pve1\ttank\t2026-11-22T12:00:00Z\tPT0S
            [pools 2]
            pve1\ttank
            """);
    assertThat(PoolSections.read(file).pools())
        .isEqualTo(Map.of(new PoolKey("pve1", "tank"), WITHOUT_SCRUB));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxmox-zfs-exporter memory 2\n",
        "\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\ttank\tyesterday\tPT0S\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\ttank\t2026-11-22T12:00:00Z\tP0Z\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\ttank\t2026-11-22T12:00:00Z\tPT-1H\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\ttank\t2026-11-22T12:00:00Z\tP99999D\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\tt\\nk\t2026-11-22T12:00:00Z\tPT0S\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\tt\\u00\t2026-11-22T12:00:00Z\tPT0S\n",
        "proxmox-zfs-exporter memory 1\n[pools 1]\npve1\tt\\u00gg\t2026-11-22T12:00:00Z\tPT0S\n",
        "proxmox-zfs-exporter memory 1\n[scrubs 1]\npve1\ttank\t2026-11-22T12:00:00Z\t1e3\t0\t-\n"
      })
  void whatWeDoNotWriteIsRefusedThoughItsChecksumFits(String lines) {
    assertThatThrownBy(() -> PoolSections.read(signed(lines)))
        .isInstanceOf(MalformedMemoryException.class);
  }

  @Test
  void theHelperThatSignsDoesAsTheWriterDoes() {
    String lines = PoolSections.write(memory()).replaceFirst("crc32c .*\n", "");
    assertThat(signed(lines)).isEqualTo(bytes(PoolSections.write(memory())));
  }
}
