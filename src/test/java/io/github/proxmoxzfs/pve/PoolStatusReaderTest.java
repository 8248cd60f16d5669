package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.parse.PoolStatusText;
import io.github.proxmoxzfs.parse.VdevRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolStatusReaderTest {
  @Test
  void fieldsAndRowsAreTakenAsText() throws Exception {
    var answer =
        """
        {"state":"DEGRADED","leaf":0,"errors":"No known data errors","name":"tank","odd":null,
         "children":[{"name":"tank","msg":"","cksum":50.9,"read":"3","write":18446744073709551615,"leaf":0,"state":"DEGRADED",
           "children":[{"name":"/dev/sda1","leaf":1,"state":"ONLINE","read":0,"write":0,"cksum":0,"msg":"(resilvering)"}]},
          {"leaf":0,"msg":"","name":"spares","children":[{"name":"/dev/sdb1","state":"AVAIL","leaf":"1"}]}]}""";
    assertThat(PoolStatusReader.text(object(answer)))
        .isEqualTo(
            new PoolStatusText(
                Map.of(
                    "state", "DEGRADED",
                    "leaf", "0",
                    "errors", "No known data errors",
                    "name", "tank"),
                List.of(
                    new VdevRow(
                        "tank",
                        Optional.of("DEGRADED"),
                        Optional.of("3"),
                        Optional.of("18446744073709551615"),
                        Optional.of("50.9"),
                        Optional.of(""),
                        false,
                        List.of(
                            new VdevRow(
                                "/dev/sda1",
                                Optional.of("ONLINE"),
                                Optional.of("0"),
                                Optional.of("0"),
                                Optional.of("0"),
                                Optional.of("(resilvering)"),
                                true,
                                List.of()))),
                    new VdevRow(
                        "spares",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(""),
                        false,
                        List.of(
                            new VdevRow(
                                "/dev/sdb1",
                                Optional.of("AVAIL"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                List.of()))))));
  }

  @Test
  void everyRecordedPoolIsRead() throws Exception {
    List<Path> recordings;
    try (var files = Files.walk(Path.of("src/test/resources/zpool"))) {
      recordings =
          files
              .filter(file -> file.getFileName().toString().matches("api-zfs-(?!list\\.).*\\.json"))
              .toList();
    }
    assertThat(recordings).hasSizeGreaterThan(80);
    for (Path recording : recordings) {
      JsonValue data = JsonTree.read(Files.readAllBytes(recording)).get("data");
      assertThat(PoolStatusReader.read(data).health())
          .as(recording.toString())
          .isNotEqualTo(PoolHealth.UNKNOWN);
    }
  }

  @Test
  void whatCannotBeAVdevCostsThePool() {
    assertThatThrownBy(
            () ->
                PoolStatusReader.text(object("{\"children\":[{\"name\":\"a\",\"children\":[7]}]}")))
        .hasMessage("field children[0].children[0] is a number, not a vdev");
    assertThatThrownBy(() -> PoolStatusReader.text(object("{\"children\":[{}]}")))
        .hasMessage("field children[0].name is null or missing");
    assertThatThrownBy(() -> PoolStatusReader.text(object("{\"children\":\"x\"}")))
        .hasMessage("field children is a text, not a list");
    assertThatThrownBy(() -> PoolStatusReader.read(object("{}"))).hasMessage("its data is empty");
    assertThatThrownBy(() -> PoolStatusReader.read(new JsonValue.JsonText("x")))
        .hasMessage("its data is a text, not a pool");
  }

  /// Else it would be reported as not online, and as never scrubbed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"rpool"}                              | field state is null or missing
          {"name":"rpool","children":[]}                | field state is null or missing
          {"name":"rpool","state":null,"children":[]}   | field state is null or missing
          {"name":"rpool","state":{},"children":[]}     | field state is an object
          {"name":"rpool","state":"ONLINE"}             | field children is null or missing
          {"name":"rpool","state":"ONLINE","children":null} | field children is null or missing
          """)
  void anAnswerWithoutStateOrVdevsIsMalformed(String data, String fault) {
    assertThatThrownBy(() -> PoolStatusReader.read(object(data)))
        .isInstanceOf(MalformedException.class)
        .hasMessage(fault);
  }

  @Test
  void vdevsThatZfsCannotDetermineMayBeMissing() throws Exception {
    var data =
        """
        {"name":"tank","state":"UNAVAIL","leaf":1,"config":"The configuration cannot be determined."}""";
    assertThat(PoolStatusReader.read(object(data)).health()).isEqualTo(PoolHealth.UNAVAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tank", "rpool", "ab", "hdd-pool.v2_a", "T9", "a..b"})
  void namesThatProxmoxAcceptsInAPath(String name) {
    assertThat(PoolStatusReader.isSupported(name)).isTrue();
  }

  private static JsonValue.JsonObject object(String document) throws MalformedException {
    return JsonTree.read(document.getBytes(StandardCharsets.UTF_8));
  }
}
