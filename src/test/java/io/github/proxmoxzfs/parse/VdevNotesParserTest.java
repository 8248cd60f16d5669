package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevNotes.Activity;
import io.github.proxmoxzfs.domain.VdevNotes.BlockSizes;
import io.github.proxmoxzfs.domain.VdevNotes.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class VdevNotesParserTest {
  @ParameterizedTest
  @CsvSource({
    "(resilvering), RESILVERING",
    "(awaiting resilver), AWAITING_RESILVER",
    "(repairing), REPAIRING",
    "(trimming), TRIMMING",
    "(initializing), INITIALIZING",
    "(removing), REMOVING",
    "(non-allocating), NON_ALLOCATING",
  })
  void eachActivityIsRead(String note, Activity activity) {
    assertThat(parse(note).activities()).containsExactly(activity);
    assertThat(parse(note).unknown()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOT_PRESENT")
  void eachFaultIsRead(Fault fault) {
    assertThat(parse(fault.text()).fault()).contains(fault);
    assertThat(parse(fault.text()).unknown()).isEmpty();
  }

  @Test
  void notesAreDividedByTwoBlanks() {
    VdevNotes notes = parse("block size: 512B configured, 4096B native  (resilvering)  (trimming)");

    assertThat(notes.blockSizes()).contains(new BlockSizes(512, 4096));
    assertThat(notes.activities()).isEqualTo(Set.of(Activity.RESILVERING, Activity.TRIMMING));
    assertThat(notes.unknown()).isEmpty();
  }

  @Test
  void formerPathMeansNotPresent() {
    VdevNotes notes = parse("was /dev/disk/by-id/ata-X-part1");

    assertThat(notes.formerPath()).contains("/dev/disk/by-id/ata-X-part1");
    assertThat(notes.fault()).contains(Fault.NOT_PRESENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool '",
        "pool 'tank'",
        "(50% initialized, started at Mon Jul  7 03:00:00 2025)",
        "block size: 512B configured",
        "too many cats",
      })
  void anythingElseIsUnknown(String note) {
    assertThat(parse(note).unknown()).isNotEmpty();
    assertThat(parse(note).fault()).isEmpty();
  }

  @Test
  void poolOfASpareIsRead() {
    assertThat(VdevNotesParser.parse("pool 'my pool'", VdevClass.SPARE).usedByPool())
        .contains("my pool");
    assertThat(VdevNotesParser.parse("pool '", VdevClass.SPARE).unknown())
        .containsExactly("pool '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   "})
  void nothingIsNoNotes(String message) {
    assertThat(parse(message)).isEqualTo(VdevNotes.NONE);
  }

  private static VdevNotes parse(String message) {
    return VdevNotesParser.parse(message, VdevClass.DATA);
  }
}
