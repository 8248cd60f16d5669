package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartReport.Silent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is JSON in the answers; [RecordedSmartTest] reads real ones.
class SmartReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"health":"UNKNOWN"}                       | NO_ANSWER
          {"health":"UNKNOWN","type":null}           | UNSUPPORTED
          {"health":"SMART Disabled","type":null}    | DISABLED
          """)
  void aDiskThatTellsNothingIsSilent(String data, Silent.Cause cause) throws Exception {
    assertThat(read(data)).isEqualTo(new Silent(cause));
  }

  @Test
  void aRowThatCannotBeReadCostsOnlyItself() throws Exception {
    var told =
        (SmartReport.Told)
            read(
                """
                {"health":"PASSED","type":"ata","attributes":[7,{},{"id":"  5"},
                 {"id":5,"name":"Reallocated_Sector_Ct","value":"100","worst":"100",
                  "threshold":"10","fail":"-","raw":3,"flags":"PO--CK"}]}""");

    assertThat(told.attributes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "{}", "{\"health\":null}", "{\"health\":\"OK\",\"attributes\":{}}"})
  void whatIsNoSmartDataIsMalformed(String data) {
    assertThatThrownBy(() -> read(data)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":null,\"message\":\"Error getting S.M.A.R.T. data: Exit code: 2\\n\"}",
        "{\"data\":null}",
        "",
      })
  void smartctlThatFailsOnAnOldNodeIsTheDisksSilence(String body) {
    assertThat(SmartReader.ofError(answer(500, body)))
        .isEqualTo(new Reading.Ok<>(new Silent(Silent.Cause.NO_ANSWER), Instant.EPOCH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | {"message":"not a valid block device"}                      | API_ERROR
          500 | {"message":"hostname lookup 'x' failed"}                    | API_ERROR
          400 | {"errors":{"disk":"value does not match the regex pattern"}} | API_ERROR
          403 | {"message":"Permission check failed (/, Sys.Audit)"}        | FORBIDDEN
          596 | {}                                                          | NODE_UNREACHABLE
          """)
  void otherErrorsAreFailures(int status, String body, FailureReason reason) {
    assertThat(SmartReader.ofError(answer(status, body)).failure()).contains(reason);
  }

  @Test
  void proxmoxTakesDevicesWithoutHyphens() {
    assertThat(SmartReader.isSupported("/dev/nvme0n1")).isTrue();
    assertThat(SmartReader.isSupported("/dev/cciss/c0d0")).isTrue();
    assertThat(SmartReader.isSupported("/dev/disk/by-id/ata-X")).isFalse();
    assertThat(SmartReader.isSupported("sda")).isFalse();
  }

  private static SmartReport read(String data) throws MalformedException {
    return SmartReader.read(
        JsonTree.read(("{\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8)).get("data"));
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, Mask.NONE);
  }
}
