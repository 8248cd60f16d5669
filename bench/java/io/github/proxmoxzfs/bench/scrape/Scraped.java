package io.github.proxmoxzfs.bench.scrape;

import java.io.IOException;

/// Who collects a cluster.
interface Scraped extends AutoCloseable {
  /// Collects it once.
  ///
  /// @return how long it took, in nanoseconds
  long scrape() throws IOException, InterruptedException;

  @Override
  void close();
}
