package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A cluster of any size whose pools are all alike: a recorded mirror of two disks with a finished
/// scrub, under other names.
final class UniformCluster {
  private static final String RECORDED = "scenarios/healthy/answers/nodes/pve1/disks/zfs";
  private static final String POOL = "rpool";

  /// What the serial numbers of the recorded disks have in common.
  private static final String SERIAL = "S5Y2NF0R10000";

  private final String row;
  private final String status;

  private UniformCluster() {
    var list = JsonText.members(text(RECORDED + ".json")).getOrDefault("data", "[]");
    this.row =
        JsonText.elements(list).stream()
            .filter(r -> JsonText.members(r).containsValue(JsonText.quote(POOL)))
            .findFirst()
            .orElseThrow();
    this.status = text(RECORDED + "/" + POOL + ".json");
  }

  static Scenario of(int nodes, int poolsPerNode) {
    var cluster = new UniformCluster();
    var scenario = Scenario.builder(nodes + "x" + poolsPerNode);
    for (int node = 1; node <= nodes; node++) {
      cluster.add(scenario, node, poolsPerNode);
    }
    return scenario.build();
  }

  private void add(Scenario.Builder scenario, int node, int pools) {
    var name = numbered("pve", node);
    var list = "/nodes/" + name + "/disks/zfs";
    List<String> rows = new ArrayList<>();
    for (int number = 1; number <= pools; number++) {
      var pool = numbered("tank", number);
      rows.add(named(row, pool));
      var serial = String.format(Locale.ROOT, "S5Y2NF0R%d%02d", 1000 + node, number);
      scenario.answer(list + "/" + pool, named(status, pool).replace(SERIAL, serial));
    }
    scenario.node(name, ZoneId.of("Etc/UTC"));
    scenario.answer(list, "{\"data\":" + JsonText.array(rows) + "}");
  }

  private static String named(String text, String pool) {
    return text.replace(JsonText.quote(POOL), JsonText.quote(pool));
  }

  private static String numbered(String name, int number) {
    return String.format(Locale.ROOT, "%s%02d", name, number);
  }

  /// Without the white space that makes the file readable: the API sends none.
  private static String text(String resource) {
    try (var in = UniformCluster.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("resource " + resource + " is missing");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("\\n *", "").replace("\": ", "\":");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
