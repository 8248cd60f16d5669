package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Permissions;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.Responsiveness;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.domain.ZfsStorage;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks one cluster over the Proxmox VE API. It only reads.
///
/// Each call blocks until its answer is there or its deadline has passed, whatever the server does,
/// and ends at once when its thread is interrupted. Only what runs `zpool` on a node goes on beyond
/// its deadline once it has begun, for a minute: giving up would free nothing there. What goes
/// wrong is a failed reading, never an exception. Calls may run at the same time, on virtual
/// threads best; limits keep them few on the wire.
public final class ProxmoxClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProxmoxClient.class.getName());

  private final String cluster;
  private final InstantSource clock;
  private final List<URI> addresses;
  private final RequestTally tally = new RequestTally();
  private final EndpointStates states;
  private final Transport transport;
  private final Session session;
  private final Questioner questioner;
  private final Set<String> reportedOddities = ConcurrentHashMap.newKeySet();

  /// A client that has not connected yet.
  ///
  /// @param clock for the age of tickets, pauses after refusals, and when an answer arrived
  public ProxmoxClient(Connection connection, InstantSource clock) {
    this(connection, clock, AnswerListener.NONE, ZfsGuard.NONE);
  }

  /// A client that has not connected yet, and that somebody listens to.
  ///
  /// @param guard what is known of zfs requests of other processes
  public ProxmoxClient(
      Connection connection, InstantSource clock, AnswerListener listener, ZfsGuard guard) {
    this(connection, clock, TlsClients.of(connection), listener, guard);
  }

  /// A client whose requests go through given HTTP clients.
  public ProxmoxClient(Connection connection, InstantSource clock, HttpClients clients) {
    this(connection, clock, clients, AnswerListener.NONE, ZfsGuard.NONE);
  }

  private ProxmoxClient(
      Connection connection,
      InstantSource clock,
      HttpClients clients,
      AnswerListener listener,
      ZfsGuard guard) {
    this.cluster = connection.cluster();
    this.clock = clock;
    this.addresses = connection.endpoints();
    this.states = new EndpointStates(!(connection.trust() instanceof Trust.None));
    this.transport = new Transport(clients, addresses.size() > 1, clock, tally, states);
    var endpoints = new Endpoints(cluster, addresses, transport, states);
    this.session =
        switch (connection.credential()) {
          case Credential.Token token -> new Session.OfToken(Authorization.ofToken(token));
          case Credential.Password password ->
              new TicketSession(cluster, new Login(password, endpoints), clock, tally);
        };
    this.questioner = new Questioner(connection, endpoints, session, clock, listener, guard);
  }

  /// The cluster's nodes, by name (`GET /nodes`). Without rights Proxmox leaves rows out.
  public Reading<List<NodeEntry>> nodes(Deadline deadline) {
    questioner.lookAtOtherEndpoints(deadline.time());
    Reading<List<NodeRow>> rows =
        questioner.ask(
            new Question<>(
                Optional.empty(),
                Work.ORDINARY,
                "/nodes",
                FailedAnswers::of,
                (data, _) ->
                    new Question.Outcome.Value<>(
                        NodesReader.read(data, oddity -> report(oddity, "")))),
            deadline);
    return rows.then(
        ok -> {
          questioner.limits().seen(ok.value(), deadline.time());
          return new Reading.Ok<>(ok.value().stream().map(NodeRow::entry).toList(), ok.readAt());
        });
  }

  /// The pools of a node (`GET /nodes/{node}/disks/zfs`).
  public Reading<List<PoolListing>> pools(String node, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            Work.ZFS,
            zfsPath(node),
            FailedAnswers::of,
            (data, _) ->
                new Question.Outcome.Value<>(
                    PoolsReader.read(data, oddity -> report(oddity, node)))),
        deadline);
  }

  /// One pool.
  public PoolQuestion pool(String node, String pool) {
    return new PoolQuestion(questioner, node, pool);
  }

  /// The clock and zone of a node (`GET /nodes/{node}/time`).
  public Reading<NodeClock> clock(String node, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            Work.ORDINARY,
            "/nodes/" + ServerText.percentEncoded(node) + "/time",
            FailedAnswers::of,
            ClockReader::read),
        deadline);
  }

  /// The disks of a node (`GET /nodes/{node}/disks/list?skipsmart=1`). The node runs `zpool` for
  /// it, and several other programs.
  public Reading<DiskList> disks(String node, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            Work.ZFS,
            "/nodes/" + ServerText.percentEncoded(node) + "/disks/list?skipsmart=1",
            FailedAnswers::of,
            (data, _) ->
                new Question.Outcome.Value<>(
                    DisksReader.read(data, oddity -> report(oddity, node)))),
        deadline);
  }

  /// What a disk says of itself (`GET /nodes/{node}/disks/smart`), which wakes it. The node is
  /// asked for one disk at a time, and only while nothing else is asked of it; once it has begun it
  /// is waited for whatever the deadline is.
  ///
  /// @param path the disk's path, as the list of disks has it
  public Reading<SmartReport> smart(String node, String path, Deadline deadline) {
    if (!SmartReader.isSupported(path)) {
      return new Reading.Ok<>(
          new SmartReport.Silent(SmartReport.Silent.Cause.UNSUPPORTED), clock.instant());
    }
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            Work.SMART,
            "/nodes/" + ServerText.percentEncoded(node) + "/disks/smart?disk=" + path,
            SmartReader::ofError,
            (data, _) -> new Question.Outcome.Value<>(SmartReader.read(data))),
        deadline);
  }

  /// Since when a node runs, by our clock and to within some seconds; empty where the cluster has
  /// not told.
  public Optional<Instant> runningSince(String node) {
    return questioner.limits().runningSince(node);
  }

  /// The replication jobs that are configured (`GET /cluster/replication`), without what their
  /// sources say of them. Without rights Proxmox leaves rows out.
  public Reading<List<ReplicationJob>> replicationJobs(Deadline deadline) {
    return askCluster(
        "/cluster/replication",
        data -> ReplicationReader.jobs(data, oddity -> report(oddity, "")),
        deadline);
  }

  /// What a node says of its replication jobs, by their IDs (`GET /nodes/{node}/replication`).
  /// Proxmox takes a lock of the whole cluster for it, so it is not to be asked often, nor of
  /// several nodes at once.
  public Reading<Map<String, ReplicationJob.Report>> replicationReports(
      String node, Deadline deadline) {
    return askNode(node, "/replication", ReplicationReader::reports, deadline);
  }

  /// The storages of type `zfspool` on all nodes, without their datasets (`GET
  /// /cluster/resources?type=storage`). Without rights Proxmox leaves rows out.
  public Reading<List<ZfsStorage>> storages(Deadline deadline) {
    return askCluster("/cluster/resources?type=storage", StorageReader::storages, deadline);
  }

  /// The dataset of each storage of type `zfspool`, by the storage's name (`GET /storage`).
  public Reading<Map<String, String>> storageDatasets(Deadline deadline) {
    return askCluster("/storage", StorageReader::datasets, deadline);
  }

  /// What the credential may do (`GET /access/permissions`).
  public Reading<Permissions> permissions(Deadline deadline) {
    return askCluster("/access/permissions", PermissionsReader::read, deadline);
  }

  /// Which versions run on a node (`GET /nodes/{node}/apt/versions`).
  public Reading<NodeVersions> versions(String node, Deadline deadline) {
    return askNode(node, "/apt/versions", VersionsReader::read, deadline);
  }

  private <T> Reading<T> askCluster(String path, DataReader<T> reader, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.empty(),
            Work.ORDINARY,
            path,
            FailedAnswers::of,
            (data, _) -> new Question.Outcome.Value<>(reader.read(data))),
        deadline);
  }

  private <T> Reading<T> askNode(
      String node, String path, DataReader<T> reader, Deadline deadline) {
    return questioner.ask(
        new Question<>(
            Optional.of(node),
            Work.ORDINARY,
            "/nodes/" + ServerText.percentEncoded(node) + path,
            FailedAnswers::of,
            (data, _) -> new Question.Outcome.Value<>(reader.read(data))),
        deadline);
  }

  /// Whether a node's zfs requests come to an end.
  public Responsiveness responsiveness(String node) {
    return questioner.limits().responsiveness(node);
  }

  /// What was done with the API so far, and how the endpoints are.
  public ApiActivity activity() {
    return new ApiActivity(
        states.of(addresses), tally.requests(), tally.durations(), tally.logins());
  }

  /// Forgives what hangs, since the operator may have mended it: each node that is unresponsive is
  /// asked one thing, and the rest if that is answered.
  public void tryAgain(Time time) {
    questioner.limits().tryAgain(time);
  }

  /// Takes over the limits of the client that asked the same cluster before, with what is under way
  /// and what hangs; both go by them from now on. Nothing may have been asked of this one yet.
  public void goOnAfter(ProxmoxClient predecessor) {
    questioner.goOnWith(predecessor.questioner.limits());
  }

  /// Closes this client, whose limits another goes on with, once what is under way has ended: to
  /// give up on a zfs call would free nothing on its node.
  public void closeAfterTheLast() {
    questioner
        .underWay()
        .whenDone(
            () -> {
              session.close();
              transport.close();
            });
  }

  /// Ends all calls and closes all connections.
  @Override
  public void close() {
    questioner.limits().close();
    session.close();
    transport.close();
  }

  static String zfsPath(String node) {
    return "/nodes/" + ServerText.percentEncoded(node) + "/disks/zfs";
  }

  /// Logs an oddity of an answer once.
  private void report(String oddity, String node) {
    if (reportedOddities.add(oddity + node)) {
      LOG.log(Level.WARNING, oddity, "cluster", cluster, "node", node);
    }
  }
}
