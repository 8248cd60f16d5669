package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Sets up what the JDK's HTTP server takes from system properties only. It reads them once, when
/// its classes load. What a user has set stays as it is. Read in JDK 25, and tried:
///
/// * without `nodelay` answers on a kept connection come 40 ms late (Nagle and delayed
///   acknowledgement);
/// * `maxReqTime`, in seconds, is the longest that a new connection may be silent, too, which is no
///   request under way yet and so not for [Exchanges]; checked each `clockTick` milliseconds;
/// * a request's headers may have 380 KiB by default, which take several times that in memory;
/// * a connection that waits for its next request keeps some 30 KiB of buffers;
/// * beyond `maxConnections` of an address new ones are closed at once. Without it the process runs
///   out of file descriptors, and with them of connections to Proxmox.
final class JdkServerProperties {
  private static final int MOST_CONNECTIONS = 4000;
  private static final int DESCRIPTORS_FOR_OTHERS = 256;

  private JdkServerProperties() {}

  static void set() {
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.maxReqTime", "15");
    setDefault("sun.net.httpserver.clockTick", "5000");
    setDefault("sun.net.httpserver.maxReqHeaderSize", "8192");
    setDefault("sun.net.httpserver.maxIdleConnections", "100");
    setDefault("jdk.httpserver.maxConnections", Long.toString(mostConnections()));
  }

  private static long mostConnections() {
    long descriptors = mostDescriptors().orElse(Long.MAX_VALUE);
    long left = Math.max(descriptors - DESCRIPTORS_FOR_OTHERS, descriptors / 2);
    return Math.min(MOST_CONNECTIONS, left);
  }

  /// How many file descriptors this process may have; none where the system does not say, or sets
  /// no limit.
  private static OptionalLong mostDescriptors() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .mapToLong(line -> Long.parseLong(line.split("\\s{2,}", -1)[1]))
          .findFirst();
    } catch (IOException | RuntimeException _) {
      return OptionalLong.empty();
    }
  }

  private static void setDefault(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
