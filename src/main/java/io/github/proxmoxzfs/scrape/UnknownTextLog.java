package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.PoolStatus;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Logs each text of ZFS that is not understood once, so that it can be reported. Texts that differ
/// in their numbers only are one: a progress is another with each scrape.
final class UnknownTextLog {
  private static final System.Logger LOG = System.getLogger(UnknownTextLog.class.getName());

  /// Whoever fills this up writes texts that are worth no line each.
  private static final int MOST_TEXTS = 1000;

  private static final int LONGEST_SHOWN = 500;

  private final String cluster;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  UnknownTextLog(String cluster) {
    this.cluster = cluster;
  }

  /// Takes note of what was not understood in a collection.
  void record(ClusterSnapshot snapshot) {
    snapshot.forEachPool(
        (node, pool) ->
            pool.status()
                .asOptional()
                .map(PoolStatus::unknownTexts)
                .ifPresent(
                    texts ->
                        texts.forEach(
                            (field, text) ->
                                note(node.name(), pool.listing().name(), field, text))));
  }

  private void note(String node, String pool, String field, String text) {
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
    if (known.size() < MOST_TEXTS && known.add(field + ' ' + shown.replaceAll("[0-9]+", "0"))) {
      LOG.log(
          Level.WARNING,
          "A text of ZFS is not understood; please report it.",
          "cluster",
          cluster,
          "node",
          node,
          "pool",
          pool,
          "field",
          field,
          "text",
          shown);
    }
  }
}
