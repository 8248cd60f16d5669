package io.github.proxmoxzfs.pve;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Reads all recorded answers: what two versions of smartctl print of 60 disks, as Proxmox passes
/// it on. What is to be read of each stands in `expected.txt`, a line where both versions give the
/// same.
class RecordedSmartTest {
  private static final Path FOLDER = Path.of("src/test/resources/smart");

  @Test
  void eachRecordedAnswerIsRead() throws Exception {
    String read = read();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(FOLDER.resolve("expected.txt"), read);
    }

    assertThat(read).isEqualTo(Files.readString(FOLDER.resolve("expected.txt")));
    assertThat(read.lines()).hasSizeGreaterThanOrEqualTo(60);
  }

  private static String read() throws Exception {
    String answers = Files.readString(FOLDER.resolve("answers.json"));
    var document = JsonTree.read(("{\"cases\":" + answers + "}").getBytes(StandardCharsets.UTF_8));
    var lines = new TreeMap<String, String>();
    for (JsonValue element : ((JsonArray) document.get("cases")).elements()) {
      var recorded = (JsonObject) element;
      String name = recorded.get("case").asText().orElseThrow();
      String version = recorded.get("smartctl").asText().orElseThrow();
      String read = shown(SmartReader.read(recorded.get("api_smart")));
      String both = lines.remove(name + " 7.3");
      if (both != null && both.equals(read)) {
        lines.put(name, read);
      } else {
        if (both != null) {
          lines.put(name + " 7.3", both);
        }
        lines.put(name + " " + version, read);
      }
    }
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ": " + line.getValue() + "\n")
        .collect(joining());
  }

  private static String shown(SmartReport report) {
    return switch (report) {
      case SmartReport.Silent(SmartReport.Silent.Cause cause) -> "silent: " + cause.label();
      case SmartReport.Told told ->
          told.protocol()
              + " "
              + told.health().verdict()
              + told.health()
                  .exception()
                  .map(
                      sense ->
                          String.format(
                              Locale.ROOT, " asc=%02x ascq=%02x", sense.asc(), sense.ascq()))
                  .orElse("")
              + told.values().entrySet().stream()
                  .map(
                      value ->
                          " "
                              + value.getKey().name().toLowerCase(Locale.ROOT)
                              + "="
                              + value.getValue().toPlainString())
                  .collect(joining())
              + told.attributes().stream().map(RecordedSmartTest::shown).collect(joining());
    };
  }

  private static String shown(SmartAttribute attribute) {
    return " ["
        + attribute.id()
        + " "
        + attribute.name()
        + " "
        + attribute.flags()
        + " "
        + attribute.value()
        + "/"
        + attribute.worst()
        + "/"
        + attribute.threshold()
        + (attribute.failing() == SmartAttribute.Failing.NO
            ? ""
            : " " + attribute.failing().label())
        + attribute.raw().map(BigInteger::toString).map(raw -> " raw=" + raw).orElse("")
        + "]";
  }
}
