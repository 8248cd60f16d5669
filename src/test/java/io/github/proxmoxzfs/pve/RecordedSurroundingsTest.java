package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Permissions;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.RequiredPrivilege;
import io.github.proxmoxzfs.domain.ZfsStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replication, storages, permissions and versions, as the real API server tells them.
class RecordedSurroundingsTest {
  private static final Reading<ReplicationJob.Report> NONE = new Reading.Skipped<>();

  private static JsonValue recorded(String name) throws IOException, MalformedException {
    return RecordedExchange.named(name).answer().json().get("data");
  }

  private static JsonValue json(String data) throws MalformedException {
    return JsonTree.read(("{\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8)).get("data");
  }

  private static List<ReplicationJob> jobs(JsonValue data) throws MalformedException {
    return ReplicationReader.jobs(data, _ -> {});
  }

  @Test
  void replicationJobs() throws Exception {
    assertThat(jobs(recorded("cluster-replication")))
        .containsExactly(
            new ReplicationJob("100-0", "100", Optional.of("pve1"), "pve2", "*/5", true, NONE),
            new ReplicationJob("100-1", "100", Optional.of("pve1"), "pveoff", "*/15", true, NONE));
    assertThat(jobs(json("[]"))).isEmpty();
  }

  @Test
  void anOddRowDoesNotCostTheOthersAndIsReported() throws Exception {
    var oddities = new ArrayList<String>();
    assertThat(
            ReplicationReader.jobs(
                json("[7,{\"id\":\"\"},{\"id\":\"7-1\",\"target\":\"b\",\"disable\":\"1\"}]"),
                oddities::add))
        .containsExactly(
            new ReplicationJob("7-1", "7", Optional.empty(), "b", "*/15", false, NONE));
    assertThat(oddities).hasSize(2);
  }

  @Test
  void whatASourceSaysOfItsJobs() throws Exception {
    assertThat(ReplicationReader.reports(recorded("node-replication")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "100-0",
                new ReplicationJob.Report(
                    Optional.of(Instant.ofEpochSecond(1795345131)),
                    Optional.of(Instant.ofEpochSecond(1795345131)),
                    Optional.of(Instant.ofEpochSecond(1795345200)),
                    Optional.of(Duration.ofNanos(3_512_345_000L)),
                    OptionalLong.of(0)),
                "100-1",
                new ReplicationJob.Report(
                    Optional.of(Instant.ofEpochSecond(1795255231)),
                    Optional.of(Instant.ofEpochSecond(1795345171)),
                    Optional.empty(),
                    Optional.of(Duration.ofMillis(32_100)),
                    OptionalLong.of(4))));
  }

  @Test
  void numbersThatAreNoDatesAreAbsent() throws Exception {
    var nothing =
        new ReplicationJob.Report(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());
    for (String row :
        List.of(
            "{\"id\":\"1-0\"}",
            "{\"id\":\"1-0\",\"last_sync\":0,\"last_try\":1,\"next_sync\":null}",
            "{\"id\":\"1-0\",\"last_sync\":-5,\"last_try\":99999999999999,\"fail_count\":-1}",
            "{\"id\":\"1-0\",\"duration\":-1,\"fail_count\":\"x\",\"next_sync\":\"\"}",
            "{\"id\":\"1-0\",\"duration\":1e400,\"fail_count\":0.5}")) {
      assertThat(ReplicationReader.reports(json("[" + row + "]"))).containsEntry("1-0", nothing);
    }
  }

  @Test
  void storagesAndTheirDatasets() throws Exception {
    assertThat(StorageReader.storages(recorded("resources-storage")))
        .containsExactly(
            new ZfsStorage(
                "pve1",
                "local-zfs",
                "",
                "",
                ZfsStorage.Activity.ACTIVE,
                Optional.of(new ZfsStorage.Space(500_000_000_000L, 123_456_789L))));
    assertThat(StorageReader.datasets(recorded("storage")))
        .containsExactly(Map.entry("local-zfs", "rpool/data"));
  }

  @Test
  void aStorageWithoutStatisticsHasNoSpace() throws Exception {
    for (String rest :
        List.of(
            "\"status\":\"unknown\"",
            "\"status\":\"unknown\",\"disk\":1,\"maxdisk\":2",
            "\"status\":\"available\"",
            "\"status\":\"available\",\"disk\":0,\"maxdisk\":0",
            "\"status\":\"available\",\"disk\":-1,\"maxdisk\":2")) {
      assertThat(
              StorageReader.storages(
                  json(
                      "[{\"plugintype\":\"zfspool\",\"node\":\"a\",\"storage\":\"s\",%s}]"
                          .formatted(rest))))
          .containsExactly(
              new ZfsStorage(
                  "a",
                  "s",
                  "",
                  "",
                  rest.contains("available")
                      ? ZfsStorage.Activity.ACTIVE
                      : ZfsStorage.Activity.INACTIVE,
                  Optional.empty()));
    }
  }

  @Test
  void permissions() throws Exception {
    Permissions all = PermissionsReader.read(recorded("permissions"));
    assertThat(all.excess()).isEmpty();
    for (RequiredPrivilege required :
        List.of(
            RequiredPrivilege.SYSTEM,
            RequiredPrivilege.NODES,
            RequiredPrivilege.STORAGES,
            RequiredPrivilege.GUESTS)) {
      assertThat(all.allow(required)).isTrue();
      assertThat(PermissionsReader.read(recorded("permissions-nopriv")).allow(required)).isFalse();
    }
  }

  @Test
  void versionsThatAreInstalledAndNotThoseThatCouldBe() throws Exception {
    assertThat(VersionsReader.read(recorded("apt-versions")))
        .isEqualTo(new NodeVersions(Optional.empty(), Optional.empty()));
    assertThat(
            VersionsReader.read(
                json(
                    """
                    [{"Package":"zfsutils-linux","CurrentState":"Installed","OldVersion":"2.2.7-pve1","Version":"2.3.9-pve1"},
                    {"Package":"pve-manager","CurrentState":"NotInstalled","Version":"9.2.11"}]""")))
        .isEqualTo(new NodeVersions(Optional.empty(), Optional.of("2.2.7-pve1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"text\"", "{\"a\":1}", "[7]"})
  void whatIsNothingOfTheKindIsMalformed(String data) throws Exception {
    JsonValue odd = json(data);
    assertThatThrownBy(() -> jobs(odd)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> StorageReader.storages(odd)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> StorageReader.datasets(odd)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> PermissionsReader.read(odd)).isInstanceOf(MalformedException.class);
    if (!data.startsWith("[")) {
      assertThatThrownBy(() -> ReplicationReader.reports(odd))
          .isInstanceOf(MalformedException.class);
      assertThatThrownBy(() -> VersionsReader.read(odd)).isInstanceOf(MalformedException.class);
    }
  }
}
