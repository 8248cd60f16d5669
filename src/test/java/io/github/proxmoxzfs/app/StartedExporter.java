package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.web.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The whole service, for tests of other packages.
public final class StartedExporter implements AutoCloseable {
  private final AtomicReference<ConfigurationResult> next = new AtomicReference<>();
  private final Exporter exporter;

  /// Starts it.
  public StartedExporter(
      Configuration configuration,
      Path stateDirectory,
      ServerSettings settings,
      InstantSource clock) {
    try {
      exporter =
          Exporter.start(configuration, next::get, Optional.of(stateDirectory), settings, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reloads, and finds this configuration.
  ///
  /// @return all that is wrong with it
  public List<String> reload(ConfigurationResult found) {
    next.set(found);
    return exporter.reload();
  }

  /// The port that is listened on.
  public int port() {
    return exporter.addresses().getFirst().getPort();
  }

  @Override
  public void close() {
    exporter.close();
  }
}
