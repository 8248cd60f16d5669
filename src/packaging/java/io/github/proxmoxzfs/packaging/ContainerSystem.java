package io.github.proxmoxzfs.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Gathers what the container image holds beside the runtime image, since it has no base image: the
/// C library of this machine, as far as the runtime uses it, and the few files that it reads.
///
/// ```text
/// lib/…, lib64/…                  the C library, where its dynamic linker looks for it
/// etc/passwd, group               the user that the exporter runs as
/// etc/nsswitch.conf               names of hosts are looked up in /etc/hosts, then by DNS
/// usr/share/doc/libc6/copyright   the C library's licence, where the machine has it (Debian)
/// ```
final class ContainerSystem {
  /// A library as `ldd` lists it; a path may hold blanks.
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^\\s+(?:\\S+ => )?(/.+) \\(0x\\p{XDigit}+\\)$");

  /// What the C library itself loads to look up names; no program is linked to it. The first two
  /// are empty since 2.34.
  private static final List<String> NAME_SERVICES =
      List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

  private static final String USER = "65532";

  private final Path runtime;
  private final Path system;

  private ContainerSystem(Path target) {
    this.runtime = target.resolve("image/runtime");
    this.system = target.resolve("container");
  }

  /// Makes `target/container`.
  ///
  /// @param args the folder `target`; the state directory in the container
  public static void main(String[] args) throws IOException, InterruptedException {
    // As pom.xml says of the image.
    if (!System.getProperty("os.arch").equals("amd64")) {
      throw new IllegalStateException(
          "The container image is made on amd64 only, not on " + System.getProperty("os.arch"));
    }
    var build = new ContainerSystem(Path.of(args[0]));
    if (!Files.exists(build.runtime)) {
      throw new IllegalStateException(
          build.runtime + " is absent: make it as well, by -Pimage,container");
    }
    build.delete();
    build.copyLibraries();
    build.write("etc/passwd", "exporter:x:%s:%s::/:/sbin/nologin\n".formatted(USER, USER));
    build.write("etc/group", "exporter:x:%s:\n".formatted(USER));
    build.write("etc/nsswitch.conf", "hosts: files dns\n");
    for (String empty : List.of("tmp", "proc", "etc/proxmox-zfs-exporter", "." + args[1])) {
      Files.createDirectories(build.system.resolve(empty));
    }
  }

  private void delete() throws IOException {
    if (Files.exists(system)) {
      try (Stream<Path> files = Files.walk(system)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void copyLibraries() throws IOException, InterruptedException {
    Set<Path> libraries = new TreeSet<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.filter(ContainerSystem::isLinked).toList()) {
        libraries.addAll(librariesOf(file));
      }
    }
    Path beside = directoryOf(libraries, "libc.so.6");
    for (String service : NAME_SERVICES) {
      libraries.add(beside.resolve(service));
    }
    for (Path library : libraries) {
      // Follows symbolic links: the linker looks for these names.
      copy(library);
    }
    Path licence = Path.of("/usr/share/doc/libc6/copyright");
    if (Files.exists(licence)) {
      copy(licence);
    }
  }

  private static boolean isLinked(Path file) {
    return file.endsWith("bin/java")
        || file.endsWith("lib/jspawnhelper")
        || file.toString().endsWith(".so");
  }

  /// Those of the machine, without the runtime's own.
  private List<Path> librariesOf(Path file) throws IOException, InterruptedException {
    var ldd = new ProcessBuilder("ldd", file.toString()).redirectErrorStream(true).start();
    String listed = new String(ldd.getInputStream().readAllBytes());
    if (ldd.waitFor() != 0) {
      throw new IllegalStateException("ldd " + file + ": " + listed);
    }
    return LIBRARY
        .matcher(listed)
        .results()
        .map(found -> Path.of(found.group(1)))
        .filter(library -> !library.normalize().startsWith(runtime))
        .toList();
  }

  private static Path directoryOf(Set<Path> libraries, String name) {
    return libraries.stream()
        .filter(library -> library.endsWith(name))
        .map(Path::getParent)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Java is not linked to " + name));
  }

  private void copy(Path file) throws IOException {
    Path copy = system.resolve(Path.of("/").relativize(file));
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy);
  }

  private void write(String file, String content) throws IOException {
    Path path = system.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
