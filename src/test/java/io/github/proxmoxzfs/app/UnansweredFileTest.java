package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnansweredFileTest {
  private static final UnansweredNote NOTE =
      new UnansweredNote(
          Set.of("pve1:8006", "[2001:db8::1]:8006"),
          "p v\te2",
          2,
          Instant.parse("2026-11-22T12:00:00.123Z"),
          OptionalLong.of(86_400));

  @TempDir private Path folder;
  private final List<String> complaints = new ArrayList<>();

  private Path path() {
    return folder.resolve("state/proxmox-zfs-exporter/unanswered");
  }

  private UnansweredFile file() {
    return new UnansweredFile(Optional.of(path()), complaints::add);
  }

  @Test
  void itIsReadAsItWasWrittenAndIsTheUsersAlone() throws IOException {
    file().change(_ -> List.of(NOTE));
    assertThat(file().read()).containsExactly(NOTE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(path().getParent()).isDirectoryContaining(path()::equals);
    try (var files = Files.list(path().getParent())) {
      assertThat(files).hasSize(1);
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void noneIsWrittenWhereThereIsNothingToNote() {
    file().change(notes -> notes);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "proxmox-zfs-exporter unanswered 2",
        "proxmox-zfs-exporter unanswered 1\npve1:8006\tpve2\t1",
        "proxmox-zfs-exporter unanswered 1\npve1:8006\tpve2\tone\t2026-11-22T12:00:00Z\t-",
        "proxmox-zfs-exporter unanswered 1\npve1:8006\tpve2\t0\t2026-11-22T12:00:00Z\t-",
        "proxmox-zfs-exporter unanswered 1\npve1:8006\tpve2\t1\tyesterday\t-",
        "proxmox-zfs-exporter unanswered 1\npve1:8006,pve1:8006\t%zz\t1\tyesterday\t-",
        "proxmox-zfs-exporter unanswered 1\npve1:8006\t%zz\t1\t2026-11-22T12:00:00Z\t-"
      })
  void aFileThatIsOfNoUseIsToldAndReplaced(String text) throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), text);
    assertThat(file().read()).isEmpty();
    assertThat(complaints).singleElement().asString().contains(path().toString(), "cannot be read");
    file().change(_ -> List.of(NOTE));
    assertThat(file().read()).containsExactly(NOTE);
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsTold() throws IOException {
    Files.writeString(folder.resolve("state"), "a file where a folder should be");
    file().change(_ -> List.of(NOTE));
    assertThat(complaints)
        .singleElement()
        .asString()
        .contains(path().toString(), "cannot be written");
  }

  @Test
  void noPlaceIsTold() {
    new UnansweredFile(Optional.empty(), complaints::add).change(_ -> List.of(NOTE));
    assertThat(complaints).singleElement().asString().contains("XDG_STATE_HOME");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/s, /root, /var/s/proxmox-zfs-exporter/unanswered",
    "'',     /root, /root/.local/state/proxmox-zfs-exporter/unanswered",
    "state,  /root, /root/.local/state/proxmox-zfs-exporter/unanswered",
    "'',     ?,     "
  })
  void itStandsWhereTheXdgSpecificationPutsState(String state, String home, String expected) {
    assertThat(UnansweredFile.place(Map.of("XDG_STATE_HOME", state), home).map(Path::toString))
        .isEqualTo(Optional.ofNullable(expected));
  }
}
