package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.web.Limits;
import io.github.proxmoxzfs.web.Paths;
import io.github.proxmoxzfs.web.Protection;
import io.github.proxmoxzfs.web.ServerSettings;
import io.github.proxmoxzfs.web.WebConfigurationException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options about our own port and log, which all commands that serve have.
final class WebOptions {
  private static final List<String> TAKEN_PATHS =
      List.of("/", "/probe", "/sd", "/-/healthy", "/-/ready", "/-/reload", "/-/forget");

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
      names = "--web.max-requests",
      paramLabel = "NUMBER",
      defaultValue = "" + Limits.SCRAPES,
      description =
          "How many scrapes of one cluster may be under way at a time; more are answered with"
              + " status 503. 0 is no limit. Default: ${DEFAULT-VALUE}")
  private int maxRequests;

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description =
          "TLS, client certificates, basic authentication and headers of our own port, in the"
              + " format of Prometheus' exporters; read again when it changes.")
  private @Nullable Path configFile;

  @Option(
      names = "--web.external-url",
      paramLabel = "URL",
      description =
          "Where clients reach the exporter through a proxy, as https://example.org/zfs/: for"
              + " redirects and service discovery.")
  private @Nullable String externalUrl;

  @Option(
      names = "--web.route-prefix",
      paramLabel = "PATH",
      description =
          "What all paths begin with. Default: the path of --web.external-url; / for a proxy that"
              + " takes the path off.")
  private @Nullable String routePrefix;

  @Option(names = "--web.enable-lifecycle", description = "Allow POST to /-/reload and /-/forget.")
  private boolean lifecycle;

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Logging.LogLevel logLevel;

  @Option(
      names = "--log.format",
      paramLabel = "FORMAT",
      defaultValue = "logfmt",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private Logging.LogFormat logFormat;

  /// How the server is set up by a configuration that was read just now.
  ///
  /// @throws WebConfigurationException if `--web.config.file` is refused
  ServerSettings settings() throws WebConfigurationException {
    if (maxRequests < 0) {
      throw new ParameterException(
          command.commandLine(), "--web.max-requests must be a number from 0 on");
    }
    return new ServerSettings(
        addresses,
        telemetryPath(),
        Version.current(),
        Instant.now(),
        Limits.DEFAULT.withScrapes(maxRequests),
        configFile == null ? Protection.none() : Protection.of(configFile),
        paths(),
        lifecycle);
  }

  private Paths paths() {
    try {
      return ExternalUrl.paths(Optional.ofNullable(externalUrl), Optional.ofNullable(routePrefix));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage());
    }
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

  Logging.LogFormat logFormat() {
    return logFormat;
  }
}
