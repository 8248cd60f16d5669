package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisksReaderTest {
  private final List<String> oddities = new ArrayList<>();

  @Test
  void aDiskIsReadWithoutItsHealth() throws Exception {
    assertThat(
            read(
                """
                {"devpath":"/dev/sda","by_id_link":"/dev/disk/by-id/ata-ST4000_ZA1","model":"ST4000",
                 "serial":"ZA1","wwn":"0x5000c500a1b2c3d4","vendor":"ATA     ","type":"hdd",
                 "rpm":"5900","size":4000787030016,"health":"UNKNOWN","wearout":"N/A","gpt":1,
                 "osdid":"-1","used":"ZFS"}"""))
        .containsExactly(
            new Disk(
                "/dev/sda",
                Optional.of("/dev/disk/by-id/ata-ST4000_ZA1"),
                Optional.of("ST4000"),
                Optional.of("ZA1"),
                Optional.of("0x5000c500a1b2c3d4"),
                Optional.of("ATA"),
                Disk.Type.HDD,
                OptionalInt.of(5900),
                OptionalLong.of(4_000_787_030_016L)));
  }

  @Test
  void whatIsUnknownIsAbsent() throws Exception {
    assertThat(
            read(
                """
                {"devpath":"/dev/vda","model":"","serial":"unknown","wwn":"unknown","vendor":"unknown",
                 "type":"unknown","rpm":-1,"size":0}"""))
        .containsExactly(
            new Disk(
                "/dev/vda",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Disk.Type.UNKNOWN,
                OptionalInt.empty(),
                OptionalLong.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x0000000000000000",
        "eui.0000000000000000",
        "uuid.00000000-0000-0000-0000-0",
        ""
      })
  void aWwnOfZerosIsNone(String wwn) throws Exception {
    assertThat(read("{\"devpath\":\"/dev/sda\",\"wwn\":\"" + wwn + "\"}"))
        .allMatch(disk -> disk.wwn().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 0", "7200, 7200", "'\"7200\"', 7200", "'\"x\"', 0", "1e99, 0"})
  void rotationsMayBeTexts(String rpm, int expected) throws Exception {
    assertThat(read("{\"devpath\":\"/dev/sda\",\"rpm\":" + rpm + "}"))
        .allMatch(disk -> disk.rotationsPerMinute().orElse(0) == expected);
  }

  @Test
  void partitionsAreNoDisks() throws Exception {
    assertThat(
            read(
                "{\"devpath\":\"/dev/sda\"},"
                    + "{\"devpath\":\"/dev/sda1\",\"parent\":\"/dev/sda\",\"type\":\"partition\"}"))
        .extracting(Disk::device)
        .containsExactly("sda");
    assertThat(oddities).isEmpty();
  }

  @Test
  void aRowThatCannotBeReadCostsOnlyItself() throws Exception {
    assertThat(read("{\"model\":\"x\"},7,{\"devpath\":\"/dev/sda\"}"))
        .extracting(Disk::device)
        .containsExactly("sda");
    assertThat(oddities).isNotEmpty();
  }

  @Test
  void noDisksAreNoFailureAndNoRowIs() throws Exception {
    assertThat(read("")).isEmpty();
    assertThatThrownBy(() -> read("{\"model\":\"x\"}"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("no row names a device");
    assertThatThrownBy(() -> DisksReader.read(JsonValue.JsonNull.NULL, oddities::add))
        .isInstanceOf(MalformedException.class);
  }

  private List<Disk> read(String rows) throws MalformedException {
    DiskList list =
        DisksReader.read(
            JsonTree.read(("{\"data\":[" + rows + "]}").getBytes(StandardCharsets.UTF_8))
                .get("data"),
            oddities::add);
    return list.disks();
  }
}
