package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.parse.SmartParser;
import io.github.proxmoxzfs.parse.SmartRow;
import io.github.proxmoxzfs.parse.SmartText;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonNull;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the answer of `/nodes/{node}/disks/smart?disk=/dev/…` as far as it is JSON; what its texts
/// mean is for package `parse`.
final class SmartReader {
  /// The devices that Proxmox takes (pve-storage `PVE/API2/Disks.pm`).
  private static final Pattern SUPPORTED_DEVICE = Pattern.compile("/dev/[a-zA-Z0-9/]+");

  /// Before libpve-storage 9.0.16 a failing smartctl was an error of the API.
  private static final String SMARTCTL_FAILED = "Error getting S.M.A.R.T. data";

  private SmartReader() {}

  /// Whether Proxmox takes a device's path.
  static boolean isSupported(String device) {
    return SUPPORTED_DEVICE.matcher(device).matches();
  }

  static SmartReport read(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonObject smart)) {
      throw new MalformedException("its data is " + data.kind() + ", not SMART data");
    }
    Optional<String> health = smart.get("health").asText();
    if (health.isEmpty()) {
      throw new MalformedException("field health is " + smart.get("health").kind());
    }
    return SmartParser.parse(
        new SmartText(
            ran(smart, health.get()),
            smart.get("type").asText(),
            health.get(),
            smart.get("text").asText(),
            rows(smart.get("attributes"))));
  }

  /// Whether smartctl ran to its end: Proxmox then tells a type, if only null. Where it failed,
  /// Proxmox tells nothing but `UNKNOWN`.
  private static boolean ran(JsonObject smart, String health) {
    return !health.equals("UNKNOWN")
        || smart.members().containsKey("type")
        || smart.members().containsKey("text");
  }

  /// What an answer of another status than 200 means: one that smartctl failed is the disk's
  /// silence, as newer nodes tell it, all others are failures. Before pve-http-server 5.2.0 there
  /// is no message with which to tell them apart; of a disk that is in the list, a 500 then is
  /// smartctl's.
  static Reading<SmartReport> ofError(Answer answer) {
    Reading.Failed<SmartReport> failed = FailedAnswers.of(answer);
    return answer.status() == 500 && isSmartctl(answer)
        ? new Reading.Ok<>(
            new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER), answer.receivedAt())
        : failed;
  }

  private static boolean isSmartctl(Answer answer) {
    try {
      return answer
          .json()
          .get("message")
          .asText()
          .map(message -> message.isEmpty() || message.startsWith(SMARTCTL_FAILED))
          .orElse(true);
    } catch (MalformedException _) { // old nodes answer errors without JSON
      return answer.isEmpty();
    }
  }

  private static List<SmartRow> rows(JsonValue attributes) throws MalformedException {
    if (attributes instanceof JsonNull) {
      return List.of();
    }
    if (!(attributes instanceof JsonArray(List<JsonValue> elements))) {
      throw new MalformedException("field attributes is " + attributes.kind() + ", not a list");
    }
    List<SmartRow> rows = new ArrayList<>();
    for (JsonValue element : elements) {
      // A row that cannot be read costs only itself, as do those that Proxmox loses.
      if (element instanceof JsonObject row) {
        rows.add(
            new SmartRow(
                text(row, "id"),
                text(row, "name"),
                text(row, "flags"),
                text(row, "value"),
                text(row, "worst"),
                text(row, "threshold"),
                text(row, "fail"),
                text(row, "raw")));
      }
    }
    return rows;
  }

  private static String text(JsonObject row, String field) {
    return row.get(field).asText().orElse("");
  }
}
