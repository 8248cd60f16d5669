package io.github.proxmoxzfs.bench.scrape;

/// The size of a cluster.
///
/// @param pools how many each node has
record Size(int nodes, int pools) {
  /// How many requests a scrape needs: the list of nodes, their pools, and each pool.
  int requests() {
    return 1 + zfsCalls();
  }

  int zfsCalls() {
    return nodes * (1 + pools);
  }

  @Override
  public String toString() {
    return nodes + " × " + pools;
  }
}
