package io.github.proxmoxzfs.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
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
  private static final String MODULES =
      "java.base,java.logging,java.net.http,jdk.httpserver,jdk.unsupported";

  private final Path project;
  private final Path image;

  private BuildImage(Path project) {
    this.project = project;
    this.image = project.resolve("target/image");
  }

  /// Makes it.
  ///
  /// @param args the project's folder; the time that the files are to bear; an AOT cache to take in
  ///   place of making one, or nothing: it is the only file that differs from build to build
  public static void main(String[] args) throws IOException, InterruptedException {
    var build = new BuildImage(Path.of(args[0]).toAbsolutePath());
    build.delete();
    build.linkRuntime();
    build.copyFiles();
    // Before the training: the AOT cache remembers the times of the jars and is not used if they
    // differ, except that JDK 25.0.3 and before do not look (JDK-8377932). A fixed time survives
    // archives and packages.
    build.date(Instant.parse(args[1]));
    var training = new TrainingRun(build.image);
    if (args.length > 2 && !args[2].isBlank()) {
      training.takeCache(Path.of(args[2]));
    } else {
      training.makeCache();
    }
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
    Path app = Files.createDirectory(image.resolve("app"));
    Path libraries = Files.createDirectory(app.resolve("lib"));
    Files.copy(target.resolve("proxmox-zfs-exporter.jar"), app.resolve("proxmox-zfs-exporter.jar"));
    try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        OldClasses.copyRenewed(jar, libraries.resolve(jar.getFileName()));
      }
    }
    Path packaging = project.resolve("src/packaging");
    Files.copy(packaging.resolve("java.options"), app.resolve("java.options"));
    Path legal = Files.createDirectory(app.resolve("legal"));
    Files.copy(project.resolve("LICENSE"), legal.resolve("LICENSE"));
    Files.copy(target.resolve("legal/THIRD-PARTY.txt"), legal.resolve("THIRD-PARTY.txt"));
    Path launcher = Path.of("bin/proxmox-zfs-exporter");
    Files.createDirectory(image.resolve("bin"));
    Files.copy(packaging.resolve(launcher), image.resolve(launcher));
    if (!image.resolve(launcher).toFile().setExecutable(true, false)) {
      throw new IOException("cannot make executable: " + launcher);
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
