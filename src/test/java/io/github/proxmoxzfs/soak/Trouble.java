package io.github.proxmoxzfs.soak;

import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Answer.Delivery;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Hang;
import io.github.proxmoxzfs.sim.ScenarioNode;
import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Faults of all kinds that begin at random, and end.
final class Trouble {
  private static final Map<String, List<String>> POOLS =
      Map.of(
          "pve1", List.of("rpool", "tank"),
          "pve2", List.of("fast", "media", "rpool"),
          "pve3", List.of("rpool", "storage"));

  private static final List<Answer> ANSWERS =
      List.of(
          Answer.empty(401, "Authentication failed!"),
          Answer.error(403, "Permission check failed (/, Sys.Audit)"),
          Answer.error(500, "command '/sbin/zpool status' failed: exit code 1"),
          Answer.empty(595, "Connection refused"),
          Answer.empty(596, "Connection timed out"),
          Answer.html("<!doctype html>"),
          Answer.json("{\"data\":[{\"nam"),
          Answer.json("{\"data\":17}"),
          Answer.json("{\"data\":[]}").delivered(new Delivery.Repeated(5 << 20)),
          Answer.json("{\"data\":[]}").delivered(new Delivery.Silence()),
          Answer.json("{\"data\":[]}").delivered(new Delivery.StalledBody()),
          Answer.json("{\"data\":[]}").delivered(new Delivery.Reset()),
          Answer.json("{\"data\":[]}").delivered(new Delivery.ResetInBody(5)),
          Answer.json("{\"data\":[]}").delivered(new Delivery.Truncated(5)),
          Answer.json("{\"data\":[]}").delivered(new Delivery.Slow(1, Duration.ofSeconds(1))),
          Answer.json("{\"data\":[]}").delivered(new Delivery.SlowHead(1, Duration.ofSeconds(1))));

  private final RandomGenerator random;

  Trouble(RandomGenerator random) {
    this.random = random;
  }

  /// Begins something.
  ///
  /// @return what ends it
  Runnable begin(Simulator at) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> connections(at);
      case 2, 3, 4 -> answer(at);
      case 5 -> hang(at);
      case 6 -> node(at);
      case 7 -> certificate(at);
      case 8 -> once(at);
      default -> {
        at.clusterFileSystemDown(true);
        yield () -> at.clusterFileSystemDown(false);
      }
    };
  }

  private Runnable connections(Simulator at) {
    at.fault(one(List.of(ConnectionFault.values())));
    return () -> at.fault(ConnectionFault.NONE);
  }

  private Runnable answer(Simulator at) {
    String path = path();
    at.answer(path, one(ANSWERS));
    return () -> at.restore(path);
  }

  private String path() {
    String node = node();
    return switch (random.nextInt(6)) {
      case 0 -> "/access/ticket";
      case 1 -> "/nodes";
      case 2 -> "/nodes/" + node + "/time";
      case 3 -> "/version";
      case 4 -> "/nodes/" + node + "/disks/zfs";
      default -> "/nodes/" + node + "/disks/zfs/" + one(POOLS.getOrDefault(node, List.of()));
    };
  }

  private Runnable hang(Simulator at) {
    String node = node();
    at.hang(
        node,
        random.nextBoolean()
            ? Hang.ofNode()
            : Hang.ofPool(one(POOLS.getOrDefault(node, List.of()))));
    return random.nextBoolean() ? () -> at.recover(node) : () -> at.reboot(node);
  }

  private Runnable node(Simulator at) {
    String node = node();
    var zone = ZoneId.of(node.equals("pve3") ? "Etc/UTC" : "Europe/Berlin");
    at.change(
        new ScenarioNode(
            node, one(List.of(Status.values())), zone, one(List.of(Behaviour.values()))));
    return () -> at.change(ScenarioNode.online(node, zone));
  }

  private Runnable certificate(Simulator at) {
    at.certificate(one(List.of(ServerCertificate.values())));
    return () -> at.certificate(ServerCertificate.PROXMOX);
  }

  private Runnable once(Simulator at) {
    switch (random.nextInt(3)) {
      case 0 -> at.revokeTickets();
      case 1 -> at.closeIdleConnections();
      default -> at.reboot(node());
    }
    return () -> {};
  }

  private String node() {
    return one(List.of("pve1", "pve2", "pve3"));
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// Ends all that may be wrong with a simulator, and all that still waits for it.
  static void end(Simulator at) {
    at.fault(ConnectionFault.NONE);
    at.clusterFileSystemDown(false);
    for (String path : List.of("/access/ticket", "/nodes", "/version")) {
      at.restore(path);
    }
    POOLS.forEach(
        (node, pools) -> {
          String of = "/nodes/" + node;
          at.restore(of + "/time");
          at.restore(of + "/disks/zfs");
          pools.forEach(pool -> at.restore(of + "/disks/zfs/" + pool));
          at.change(
              ScenarioNode.online(
                  node, ZoneId.of(node.equals("pve3") ? "Etc/UTC" : "Europe/Berlin")));
          at.recover(node);
          at.reboot(node);
        });
    at.certificate(ServerCertificate.PROXMOX); // closes all connections
    at.forgetRequests();
  }
}
