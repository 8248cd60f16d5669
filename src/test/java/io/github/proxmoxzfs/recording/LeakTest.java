package io.github.proxmoxzfs.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing that tells whose cluster it is leaves it in a recording, wherever in an answer it
/// stands; and what was one name stays one.
class LeakTest {
  private static final List<String> SECRETS =
      List.of(
          "hypernode7",
          "hyperbackup",
          "customerpool",
          "acme-vms",
          "acme-store",
          "zfs-acme",
          "alice",
          "ldap-acme",
          "acme.example",
          "10.20.30.40",
          "fd12:3456::9",
          "de:ad:be:ef:00:17",
          "5000c500deadbee0",
          "S3CR3TSER1AL",
          "WD-WX11D1234567",
          "eui.0025385b71b0dead",
          "bought at ACME",
          "AB:CD:EF:01:23:45",
          "webshop-db",
          "11223344556677889900");

  @TempDir private Path folder;

  private final Recording recording = new Recording(new SplittableRandom(7));

  private void answered(String path, String body) {
    recording.answered(path, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> written() throws IOException {
    recording.write(
        folder.resolve("recorded"),
        Instant.parse("2026-11-22T12:00:00Z"),
        Optional.empty(),
        List.of("hypernode7.acme.example", "acme.example"),
        "recorded");
    var texts = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder.resolve("recorded"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(folder.relativize(file) + "\n" + Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void nothingThatNamesTheOwnerIsWritten() throws IOException {
    answered(
        "/nodes",
        "{\"data\":[{\"node\":\"hypernode7\",\"status\":\"online\",\"id\":\"node/hypernode7\","
            + "\"ssl_fingerprint\":\"AB:CD:EF:01:23:45\"},{\"node\":\"hyperbackup\",\"status\":\"offline\"}]}");
    answered(
        "/nodes/hypernode7/disks/zfs",
        "{\"data\":[{\"name\":\"customerpool\",\"health\":\"DEGRADED\",\"size\":1}]}");
    answered(
        "/nodes/hypernode7/disks/zfs/customerpool",
        "{\"data\":{\"name\":\"customerpool\",\"comment\":\"bought at ACME\",\"state\":\"DEGRADED\","
            + "\"status\":\"pool customerpool: look at https://acme.example, mail alice@acme.example\","
            + "\"children\":[{\"name\":\"customerpool\",\"children\":["
            + "{\"name\":\"/dev/disk/by-id/wwn-0x5000c500deadbee0-part1\",\"leaf\":1},"
            + "{\"name\":\"/dev/disk/by-id/ata-WDC_WD40EFRX_WD-WX11D1234567\",\"leaf\":1},"
            + "{\"name\":\"11223344556677889900\",\"msg\":\"was /dev/disk/by-id/nvme-eui.0025385b71b0dead-part1\",\"leaf\":1}]}]}}");
    answered(
        "/nodes/hypernode7/disks/list?skipsmart=1",
        "{\"data\":[{\"devpath\":\"/dev/sda\",\"serial\":\"S3CR3TSER1AL\",\"wwn\":\"0x5000c500deadbee0\","
            + "\"model\":\"WDC_WD40EFRX\",\"by_id_link\":\"/dev/disk/by-id/ata-WDC_WD40EFRX_S3CR3TSER1AL\","
            + "\"used\":\"ZFS\",\"size\":4000787030016,\"type\":\"hdd\",\"osdid\":-1}]}");
    answered(
        "/nodes/hypernode7/disks/smart?disk=/dev/sda",
        "{\"data\":{\"health\":\"OK\",\"type\":\"text\",\"text\":\"\\nSerial number: S3CR3TSER1AL\\nLogical Unit id: 0x5000c500deadbee0\\n\"}}");
    answered(
        "/cluster/replication",
        "{\"data\":[{\"id\":\"100-0\",\"guest\":100,\"source\":\"hypernode7\",\"target\":\"hyperbackup\","
            + "\"type\":\"local\",\"schedule\":\"*/15\",\"comment\":\"for alice@acme.example\",\"jobnum\":0}]}");
    answered(
        "/nodes/hypernode7/replication",
        "{\"data\":[{\"id\":\"100-0\",\"guest\":100,\"source\":\"hypernode7\",\"target\":\"hyperbackup\","
            + "\"error\":\"command 'ssh root@10.20.30.40 pvesm import zfs-acme' failed on customerpool/acme-vms\","
            + "\"fail_count\":2}]}");
    answered(
        "/cluster/resources?type=storage",
        "{\"data\":[{\"id\":\"storage/hypernode7/zfs-acme\",\"node\":\"hypernode7\",\"storage\":\"zfs-acme\","
            + "\"plugintype\":\"zfspool\",\"status\":\"available\",\"maxdisk\":2,\"disk\":1,\"type\":\"storage\"}]}");
    answered(
        "/storage",
        "{\"data\":[{\"storage\":\"zfs-acme\",\"type\":\"zfspool\",\"pool\":\"customerpool/acme-vms\","
            + "\"nodes\":\"hypernode7,hyperbackup\",\"content\":\"images\"},"
            + "{\"storage\":\"acme-store\",\"type\":\"pbs\",\"server\":\"10.20.30.40\",\"username\":\"alice@ldap-acme\","
            + "\"fingerprint\":\"AB:CD:EF:01:23:45\",\"portal\":\"fd12:3456::9\",\"share\":\"acme-vms\",\"datastore\":\"acme-store\"}]}");
    answered(
        "/access/permissions",
        "{\"data\":{\"/\":{\"Sys.Audit\":1},\"/storage/zfs-acme\":{\"Datastore.Audit\":1},"
            + "\"/pool/webshop-db\":{\"VM.Audit\":1},\"/nodes/hypernode7\":{\"Sys.Audit\":1}}}");
    answered(
        "/nodes/hypernode7/qemu",
        "{\"data\":[{\"name\":\"webshop-db\",\"mac\":\"de:ad:be:ef:00:17\"}]}");
    recording.answered(
        "/nodes/hyperbackup/disks/zfs",
        500,
        "{\"data\":null,\"message\":\"hostname lookup 'hyperbackup' failed: 10.20.30.40 (fd12:3456::9), ask alice@ldap-acme\\n\"}"
            .getBytes(StandardCharsets.UTF_8));

    for (String text : written()) {
      for (String secret : SECRETS) {
        assertThat(text).doesNotContainIgnoringCase(secret);
      }
    }
  }

  @Test
  void aNameIsTheSameWhereverItStands() throws IOException {
    answered("/nodes/hypernode7/disks/zfs", "{\"data\":[{\"name\":\"customerpool\",\"size\":1}]}");
    answered(
        "/storage",
        "{\"data\":[{\"storage\":\"zfs-acme\",\"type\":\"zfspool\",\"pool\":\"customerpool/acme-vms\"}]}");
    answered(
        "/cluster/resources?type=storage",
        "{\"data\":[{\"id\":\"storage/hypernode7/zfs-acme\",\"node\":\"hypernode7\",\"storage\":\"zfs-acme\"}]}");
    String all = String.join("\n", written());
    for (String name : List.of("customerpool", "zfs-acme", "hypernode7")) {
      String other = recording.replacements().get(name);
      assertThat(other).isNotNull();
      assertThat(all.split(java.util.regex.Pattern.quote(String.valueOf(other)), -1).length - 1)
          .as(name)
          .isGreaterThanOrEqualTo(2);
    }
  }
}
