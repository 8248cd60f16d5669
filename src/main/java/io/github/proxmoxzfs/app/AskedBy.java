package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.web.Target;
import java.util.Set;
import java.util.SortedSet;

/// A cluster that is asked by its scraper.
record AskedBy(ClusterScraper scraper) implements Target.Source {
  @Override
  public ClusterSnapshot collect(Scope scope, Set<Collector> collectors, Deadline deadline) {
    return scraper.collect(scope, collectors, deadline);
  }

  @Override
  public SortedSet<String> nodes(Deadline deadline) {
    return scraper.nodes(deadline);
  }

  @Override
  public boolean forget(String node, String pool) {
    return scraper.forget(node, pool);
  }
}
