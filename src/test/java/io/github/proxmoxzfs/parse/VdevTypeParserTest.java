package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.VdevType;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VdevTypeParserTest {
  static Stream<Arguments> names() {
    return Stream.of(
        arguments("mirror-0", new VdevType.Mirror(), "mirror"),
        arguments("raidz1-0", new VdevType.Raidz(1), "raidz1"),
        arguments("raidz3-12", new VdevType.Raidz(3), "raidz3"),
        arguments(
            "draid2:11d:53c:1s-0", new VdevType.Draid(2, 11, 53, OptionalInt.empty(), 1), "draid2"),
        arguments(
            "draid2:11d:53c:106w:1s-0",
            new VdevType.Draid(2, 11, 53, OptionalInt.of(106), 1),
            "draid2"),
        arguments("draid1-0-2", new VdevType.DistributedSpare(1, 0, 2), "distributed_spare"),
        arguments("replacing-3", new VdevType.Replacing(), "replacing"),
        arguments("spare-1", new VdevType.Spare(), "spare"),
        arguments("indirect-1", new VdevType.Indirect(), "indirect"),
        arguments("/dev/disk/by-id/ata-X-part1", new VdevType.Disk(), "disk"),
        arguments("/var/tmp/file.img", new VdevType.File(), "file"),
        arguments("18446744073709551615", new VdevType.Missing(), "missing"),
        arguments("mirror", new VdevType.Unknown(), "unknown"),
        arguments("mirror-x", new VdevType.Unknown(), "unknown"),
        arguments("raidz4-0", new VdevType.Unknown(), "unknown"),
        arguments("draid2:11d-0", new VdevType.Unknown(), "unknown"),
        arguments("draid1:99999999999d:3c:0s-0", new VdevType.Unknown(), "unknown"),
        arguments("", new VdevType.Unknown(), "unknown"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void nameTellsTheType(String name, VdevType type, String label) {
    assertThat(VdevTypeParser.parse(name)).isEqualTo(type);
    assertThat(type.label()).isEqualTo(label);
  }
}
