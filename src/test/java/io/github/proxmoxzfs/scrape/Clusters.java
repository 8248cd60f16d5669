package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Clusters of many nodes.
final class Clusters {
  private static final String STATUS =
      """
      {"data":{"name":"tank%1$d","state":"ONLINE","scan":"none requested","errors":"No known data errors",
       "children":[{"name":"tank%1$d","state":"ONLINE","read":0,"write":0,"cksum":0,"msg":"","leaf":0,"children":
         [{"name":"/dev/sda","state":"ONLINE","read":0,"write":0,"cksum":0,"msg":"","leaf":1}]}]}}""";

  private Clusters() {}

  /// Nodes pve01, pve02 … with pools tank1, tank2 … each.
  static Scenario of(int nodes, int pools) {
    var scenario = Scenario.builder(nodes + " nodes");
    for (int node = 1; node <= nodes; node++) {
      String name = String.format(Locale.ROOT, "pve%02d", node);
      scenario.node(name, ZoneOffset.UTC);
      scenario.answer(
          "/nodes/" + name + "/disks/zfs",
          Answer.json(
              "{\"data\":["
                  + IntStream.rangeClosed(1, pools)
                      .mapToObj(
                          pool ->
                              "{\"name\":\"tank%d\",\"size\":1000,\"alloc\":250,\"free\":750,\"frag\":7,\"dedup\":1,\"health\":\"ONLINE\"}"
                                  .formatted(pool))
                      .collect(Collectors.joining(","))
                  + "]}"));
      for (int pool = 1; pool <= pools; pool++) {
        scenario.answer("/nodes/" + name + "/disks/zfs/tank" + pool, STATUS.formatted(pool));
      }
    }
    return scenario.build();
  }
}
