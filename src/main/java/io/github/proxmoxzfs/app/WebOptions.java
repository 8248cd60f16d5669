package io.github.proxmoxzfs.app;

import java.net.InetSocketAddress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options about our own port and log, which all commands that serve have.
final class WebOptions {
  private static final List<String> TAKEN_PATHS = List.of("/", "/probe", "/-/healthy", "/-/ready");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--web.listen-address",
      paramLabel = "ADDRESS",
      converter = ListenAddress.class,
      defaultValue = ":9000",
      description =
          "Address to listen on, as :9000, localhost:9000 or [::1]:9000; may be repeated."
              + " Default: ${DEFAULT-VALUE}")
  private List<InetSocketAddress> addresses;

  @Option(
      names = "--web.telemetry-path",
      paramLabel = "PATH",
      defaultValue = "/metrics",
      description = "Path of the metrics. Default: ${DEFAULT-VALUE}")
  private String telemetryPath;

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Logging.LogLevel logLevel;

  List<InetSocketAddress> addresses() {
    return addresses;
  }

  String telemetryPath() {
    if (!telemetryPath.startsWith("/")
        || TAKEN_PATHS.contains(telemetryPath)
        || !telemetryPath.matches("[A-Za-z0-9/._~-]+")) {
      throw new ParameterException(
          command.commandLine(),
          "--web.telemetry-path must be a path such as /metrics, and none of "
              + String.join(" ", TAKEN_PATHS));
    }
    return telemetryPath;
  }

  Logging.LogLevel logLevel() {
    return logLevel;
  }
}
