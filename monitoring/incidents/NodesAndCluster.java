import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import java.util.HashSet;
import java.util.function.Consumer;

/// Nodes and clusters that cannot be read.
final class NodesAndCluster {
  private static final String TOKEN = Credentials.MONITOR_TOKEN.split("=", 2)[0];

  private NodesAndCluster() {}

  static void befall(Incidents all) {
    Consumer<World> up = w -> w.change("pve2", Status.ONLINE, Behaviour.ANSWERS);
    Consumer<World> replicated =
        w -> {
          Incidents.twoNodes(w);
          w.jobs.add(new World.Job("pve1", "pve2"));
          w.jobs.add(new World.Job("pve2", "pve1"));
        };
    Consumer<World> down =
        w -> {
          w.change("pve2", Status.OFFLINE, Behaviour.NO_ROUTE);
          w.jobs.getFirst().failures = 4;
        };
    Consumer<World> upAndReplicating =
        w -> {
          w.jobs.getFirst().failures = 0;
          up.accept(w);
        };
    all.incident("node-down", replicated, down, upAndReplicating)
        .page("ZfsNodeDown", "node=pve2")
        .leftAloneFor(45);
    // The alert of the node and those of replication have no label `instance` in common.
    all.incident("node-down-seen-in-parts", replicated, down, upAndReplicating)
        .page("ZfsNodeDown", "node=pve2")
        .with("ZfsReplicationFailing", "ZfsReplicationNotReported")
        .leftAloneFor(45)
        .inParts();
    all.incident(
            "node-refuses",
            Incidents::twoNodes,
            w -> w.change("pve2", Status.ONLINE, Behaviour.REFUSED),
            up)
        .page("ZfsNodeUnresponsive", "node=pve2");
    all.incident(
            "zpool-hangs",
            Incidents::twoNodes,
            w -> w.simulator().hang("pve2"),
            w -> w.simulator().recover("pve2"))
        .silent()
        .page("ZfsNodeUnresponsive", "node=pve2")
        // Statistics that move again are evidence only after they stood still for a minute.
        .leftAloneFor(65);
    all.incident(
            "api-unreachable",
            Incidents::twoNodes,
            w -> w.simulator().fault(ConnectionFault.REFUSED),
            w -> w.simulator().fault(ConnectionFault.NONE))
        .page("ZfsClusterDown", "cluster=api-unreachable");
    all.incident(
            "api-silent",
            Incidents::twoNodes,
            w -> w.simulator().fault(ConnectionFault.SILENT),
            w -> w.simulator().fault(ConnectionFault.NONE))
        .silent()
        .page("ZfsClusterDown", "cluster=api-silent");
    all.incident(
            "token-revoked",
            Incidents::twoNodes,
            w -> w.simulator().access(AccessList.defaults().without(TOKEN)),
            w -> w.simulator().access(AccessList.defaults()))
        .page("ZfsClusterDown", "cluster=token-revoked");
    all.incident(
            "cluster-file-system-down",
            Incidents::twoNodes,
            w -> w.simulator().clusterFileSystemDown(true),
            w -> w.simulator().clusterFileSystemDown(false))
        .page("ZfsClusterDown", "cluster=cluster-file-system-down");
    all.incident(
            "privilege-missing",
            Incidents::mirror,
            w -> {
              var fewer = new HashSet<>(AccessList.AUDITOR);
              fewer.remove("Sys.Audit");
              w.simulator().access(AccessList.defaults().withGrant(TOKEN, "/", true, fewer));
            },
            w -> w.simulator().access(AccessList.defaults()))
        .mail("ZfsPrivilegeMissing", "cluster=privilege-missing");
    all.incident(
            "endpoint-down",
            w -> {
              Incidents.twoNodes(w);
              w.twoEndpoints = true;
            },
            World::loseEndpoint,
            World::returnEndpoint)
        .mail("ZfsEndpointDown", "target=endpoint-down")
        // It is looked for every five minutes, which are not accelerated.
        .slow();
    all.incident(
            "certificate-expiring",
            Incidents::mirror,
            w -> w.simulator().certificate(ServerCertificate.EXPIRED),
            w -> w.simulator().certificate(ServerCertificate.PROXMOX))
        .mail("ZfsCertificateExpiring", "target=certificate-expiring");
    all.incident(
            "certificate-expired",
            Incidents::mirror,
            w -> w.simulator().certificate(ServerCertificate.EXPIRED),
            w -> w.simulator().certificate(ServerCertificate.PROXMOX))
        .page("ZfsClusterDown", "cluster=certificate-expired")
        .trusting(Simulator.certificateAuthorityPem());
  }
}
