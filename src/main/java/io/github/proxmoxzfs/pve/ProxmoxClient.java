package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks one cluster over the Proxmox VE API. It only reads.
///
/// Each call blocks until its answer is there or its deadline has passed, whatever the server does,
/// and ends at once when its thread is interrupted. What goes wrong is a failed reading, never an
/// exception. Calls may run at the same time, on virtual threads best; limits keep them few on the
/// wire.
public final class ProxmoxClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProxmoxClient.class.getName());

  private final String cluster;
  private final Transport transport;
  private final Session session;
  private final Questioner questioner;
  private final Set<String> reportedOddities = ConcurrentHashMap.newKeySet();

  /// A client that has not connected yet.
  ///
  /// @param clock for the age of tickets, pauses after refusals, and when an answer arrived
  public ProxmoxClient(Connection connection, InstantSource clock) {
    this.cluster = connection.cluster();
    this.transport =
        new Transport(TlsContexts.of(connection), connection.endpoints().size() > 1, clock);
    var endpoints = new Endpoints(cluster, connection.endpoints(), transport);
    this.session =
        switch (connection.credential()) {
          case Credential.Token token -> new Session.OfToken(Authorization.ofToken(token));
          case Credential.Password password ->
              new TicketSession(cluster, new Login(password, endpoints), clock);
        };
    var limits = new RequestLimits(connection.perNode(), connection.inFlight());
    this.questioner = new Questioner(cluster, endpoints, session, limits, clock);
  }

  /// The cluster's nodes, by name (`GET /nodes`). Without rights Proxmox leaves rows out.
  public Reading<List<NodeEntry>> nodes(Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.empty(),
            "/nodes",
            FailedAnswers::of,
            (data, _) ->
                new Question.Outcome.Value<>(NodesReader.read(data, oddity -> report(oddity, "")))),
        deadline);
  }

  /// The pools of a node (`GET /nodes/{node}/disks/zfs`).
  public Reading<List<PoolListing>> pools(String node, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            zfsPath(node),
            FailedAnswers::of,
            (data, _) ->
                new Question.Outcome.Value<>(
                    PoolsReader.read(data, oddity -> report(oddity, node)))),
        deadline);
  }

  /// One pool (`GET /nodes/{node}/disks/zfs/{pool}`). Proxmox is not asked for a name that it would
  /// refuse.
  public Reading<PoolStatus> poolStatus(String node, String pool, Deadline deadline) {
    if (!PoolStatusReader.isSupported(pool)) {
      return FailedAnswers.unsupportedName(pool);
    }
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            zfsPath(node) + "/" + ServerText.percentEncoded(pool),
            answer -> FailedAnswers.ofPool(answer, pool),
            (data, _) -> new Question.Outcome.Value<>(PoolStatusReader.read(data))),
        deadline);
  }

  /// The clock and zone of a node (`GET /nodes/{node}/time`).
  public Reading<NodeClock> clock(String node, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            "/nodes/" + ServerText.percentEncoded(node) + "/time",
            FailedAnswers::of,
            ClockReader::read),
        deadline);
  }

  /// Ends all calls and closes all connections.
  @Override
  public void close() {
    session.close();
    transport.close();
  }

  private static String zfsPath(String node) {
    return "/nodes/" + ServerText.percentEncoded(node) + "/disks/zfs";
  }

  /// Logs an oddity of an answer once.
  private void report(String oddity, String node) {
    if (reportedOddities.add(oddity + node)) {
      LOG.log(Level.WARNING, oddity, "cluster", cluster, "node", node);
    }
  }
}
