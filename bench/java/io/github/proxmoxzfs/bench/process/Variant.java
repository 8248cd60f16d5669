package io.github.proxmoxzfs.bench.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A way to run the exporter.
///
/// @param name what is different from the image as it is
/// @param command the program and what comes before the exporter's own options
/// @param environment variables to set
record Variant(String name, List<String> command, Map<String, String> environment) {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private static final String LAUNCHER =
      TARGET.resolve("image/bin/proxmox-zfs-exporter").toString();

  /// The image as it is.
  static final Variant IMAGE = withOptions("the image");

  /// The image with further options of Java.
  static Variant withOptions(String name, String... options) {
    return new Variant(
        name, List.of(LAUNCHER), Map.of("EXPORTER_JAVA_OPTS", String.join(" ", options)));
  }

  /// The image with a variable of the environment.
  static Variant withEnvironment(String name, String variable, String value) {
    return new Variant(name, List.of(LAUNCHER), Map.of(variable, value));
  }

  /// The jar on the JDK, without any option.
  static Variant plain() {
    String jar = TARGET.resolve("proxmox-zfs-exporter.jar").toString();
    return new Variant(
        "`java -jar`", List.of(SimulatedClusters.java().toString(), "-jar", jar), Map.of());
  }
}
