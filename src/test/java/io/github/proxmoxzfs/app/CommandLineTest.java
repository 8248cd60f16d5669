package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private static final String VALID =
      """
      clusters:
        - name: home
          endpoints: [https://127.0.0.1:1]
          token: monitor@pve!exporter=11111111-1111-4111-8111-111111111111
          insecure_skip_verify: true
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    String[] withCommand = Main.withCommand(arguments);
    var commandLine = Main.commandLineFor(withCommand[0]);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(withCommand);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                        run",
    "--config.check,            run --config.check",
    "--config.file=x,           run --config.file=x",
    "run --config.check,        run --config.check",
    "demo,                      demo",
    "--help,                    --help",
    "-V,                        -V",
    "nonsense,                  nonsense"
  })
  void optionsWithoutACommandMeanRun(String given, String meant) {
    String[] arguments = given.isEmpty() ? new String[0] : given.split(" ", -1);
    assertThat(Main.withCommand(arguments)).containsExactly(meant.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "run,      run",
    "forget,   forget",
    "--help,   run|status|check|record|demo|forget",
    "nonsense, run|status|check|record|demo|forget"
  })
  void onlyTheCommandThatIsMeantIsMade(String first, String made) {
    assertThat(Main.commandLineFor(first).getSubcommands().keySet())
        .containsExactly(made.split("\\|", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost:9000", "localhost:9000", "localhost", "http://", "::"})
  void anAddressThatIsNoneIsToldInASentence(String url) {
    assertThat(execute("forget", "--target=home", "--node=pve1", "--pool=tank", "--url=" + url))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--url must be a URL such as http://localhost:9000/")
        .doesNotContain("\tat ");
  }

  @Test
  void aValidConfigurationIsAccepted(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yml"), VALID);
    assertThat(execute("--config.check", "--config.file", file.toString())).isZero();
    assertThat(out.toString()).contains("The configuration is valid: 1 cluster.");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--config.check", "--no-collector.pool"})
  void allMistakesAreToldAndNothingIsStarted(String option, @TempDir Path folder)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.yml"),
            """
            clusters:
              - name: home
                endpoint: https://127.0.0.1:1
              - name: home
                endpoints: [http://127.0.0.1:1]
                user: monitor@pve
            """);
    assertThat(execute(option, "--config.file=" + file)).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSizeGreaterThanOrEqualTo(4)
        .allMatch(line -> line.startsWith(file.toString() + ":"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnreadableFileIsAMistake(@TempDir Path folder) {
    assertThat(execute("run", "--config.file=" + folder.resolve("none.yml"))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("none.yml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--web.listen-address=9000",
        "--web.listen-address=localhost",
        "--web.listen-address=:99999",
        "--web.listen-address=::1:9000",
        "--web.listen-address=no.such.host.invalid:9000",
        "--web.max-requests=many",
        "--log.level=loud",
        "--collector.nonsense",
        "--nonsense"
      })
  void aWrongOptionIsRefusedByName(String option) {
    assertThat(execute(option)).isEqualTo(2);
    assertThat(err.toString()).contains(option.replaceFirst("=.*", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics", "/", "/probe", "/-/ready", "/a b", "/<script>"})
  void aTelemetryPathThatCannotBeIsRefused(String path, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yml"), VALID);
    assertThat(execute("run", "--config.file=" + file, "--web.telemetry-path=" + path))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--web.telemetry-path must be a path");
  }

  @Test
  void aNegativeNumberOfRequestsIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yml"), VALID);
    assertThat(execute("run", "--config.file=" + file, "--web.max-requests=-1")).isEqualTo(2);
    assertThat(err.toString()).contains("--web.max-requests must be a number from 0 on");
  }

  @Test
  void anUnknownScenarioIsRefusedAndTheKnownOnesAreNamed() {
    assertThat(execute("demo", "--scenario=nonsense")).isEqualTo(2);
    assertThat(err.toString()).contains("no scenario 'nonsense'").contains("healthy, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--scenario=degraded", "--web.config.file=web.yml", "--web.route-prefix=/zfs"})
  void theStoryHasAScenarioAndAPortOfItsOwn(String other) {
    assertThat(execute("demo", "--with-prometheus", other)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(other.replaceFirst("=.*", "") + " cannot be used with --with-prometheus");
  }

  @Test
  void helpAndVersionAreTold() {
    assertThat(execute("--help")).isZero();
    assertThat(execute("run", "--help")).isZero();
    assertThat(execute("--version")).isZero();
    assertThat(out.toString())
        .contains("--config.file=FILE")
        .contains("--state.directory=DIR")
        .contains("--web.listen-address=ADDRESS")
        .contains("--[no-]collector.compat")
        .contains("proxmox-zfs-exporter ");
  }

  @Test
  void anAddressInUseEndsWithASentence(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yml"), VALID);
    try (var taken = new ServerSocket(0)) {
      int exit =
          execute("run", "--config.file=" + file, "--web.listen-address=:" + taken.getLocalPort());
      assertThat(exit).isEqualTo(1);
      assertThat(err.toString()).startsWith("exporter: Cannot listen on ").contains("in use");
    }
  }
}
