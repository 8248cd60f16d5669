package io.github.proxmoxzfs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.json.JsonException;
import org.junit.jupiter.api.Test;

class ToldTest {
  @Test
  void readsWhatAlertmanagerSends() {
    Told told =
        Told.of(
            true,
            """
            {"receiver":"pager","status":"firing","alerts":[
              {"status":"firing","labels":{"alertname":"ZfsVdevFailed","pool":"tank"},
               "annotations":{"summary":"A disk.","description":"Disk \\"A\\"\\n  of tank"},
               "startsAt":"2026-11-22T21:00:00Z","fingerprint":"0"},
              {"status":"resolved","labels":{"alertname":"ZfsNodeDown"},"annotations":{}}],
             "groupLabels":{},"truncatedAlerts":0}
            """);
    assertThat(told)
        .isEqualTo(
            new Told(
                true,
                java.util.List.of(
                    new Told.Alert(true, "ZfsVdevFailed", "Disk \"A\" of tank"),
                    new Told.Alert(false, "ZfsNodeDown", ""))));
    assertThat(told.firing()).isTrue();
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatThrownBy(() -> Told.of(false, "<html>")).isInstanceOf(JsonException.class);
  }
}
