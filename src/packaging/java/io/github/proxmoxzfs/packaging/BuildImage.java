package io.github.proxmoxzfs.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Makes the runtime image, a folder that runs without a JDK: `mvn package -Pimage`.
///
/// ```text
/// bin/proxmox-zfs-exporter        starts it
/// app/                            our jar and those it needs, the options of Java, the AOT cache
/// runtime/                        a Java runtime of the modules that it uses
/// ```
final class BuildImage {
  /// By hand: jdeps also names what the libraries could use and never do here. That nothing is
  /// missing is seen by the training run.
  private static final String MODULES = "java.base,java.logging,java.net.http,jdk.httpserver";

  private final Path project;
  private final Path image;

  private BuildImage(Path project) {
    this.project = project;
    this.image = project.resolve("target/image");
  }

  /// Makes it.
  ///
  /// @param args the project's folder; the time that the files are to bear
  public static void main(String[] args) throws IOException, InterruptedException {
    var build = new BuildImage(Path.of(args[0]).toAbsolutePath());
    build.delete();
    build.linkRuntime();
    build.copyFiles();
    // Before the training: the AOT cache remembers the times of the jars and is not used if they
    // differ. A fixed time survives archives and packages.
    build.date(Instant.parse(args[1]));
    new TrainingRun(build.image).makeCache();
  }

  private void delete() throws IOException {
    if (Files.exists(image)) {
      try (Stream<Path> files = Files.walk(image)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void linkRuntime() {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"))
            .run(
                writer,
                writer,
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--compress",
                "zip-6",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                image.resolve("runtime").toString());
    if (code != 0) {
      throw new IllegalStateException("jlink failed: " + out);
    }
  }

  private void copyFiles() throws IOException {
    Path target = project.resolve("target");
    Path packaging = project.resolve("src/packaging");
    copy(target, image.resolve("app"), List.of(Path.of("proxmox-zfs-exporter.jar")));
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      copy(target, image.resolve("app"), libraries.map(target::relativize).toList());
    }
    copy(packaging, image.resolve("app"), List.of(Path.of("java.options")));
    copy(packaging, image, List.of(Path.of("bin/proxmox-zfs-exporter")));
    Path launcher = image.resolve("bin/proxmox-zfs-exporter");
    if (!launcher.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make executable: " + launcher);
    }
  }

  private static void copy(Path from, Path to, List<Path> files) throws IOException {
    for (Path file : files) {
      Path copy = to.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(from.resolve(file), copy);
    }
  }

  private void date(Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(it -> !Files.isSymbolicLink(it)).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }
}
