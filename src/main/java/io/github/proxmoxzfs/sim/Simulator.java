package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A Proxmox VE API over real TLS on loopback: it replays the answers of a [Scenario] and behaves
/// on the wire as pve-http-server 6.0 does, credentials and rights included.
///
/// It differs where it is simpler: there is one pveproxy instead of three, so that 4 requests at a
/// time are proxied to another node, and after a TLS 1.3 handshake, full or resumed, the JDK sends
/// one session ticket, or as many as the system property `jdk.tls.server.newSessionTicketCount`
/// says when the JVM starts. OpenSSL, which the real server uses, sends two after a full handshake
/// and one after a resumed one.
public final class Simulator implements AutoCloseable {
  private final SimulatorOptions options;
  private final SimulatedNodes nodes;
  private final Api api;
  private final Backend backend;
  private final RequestLog log = new RequestLog();
  private final CompletableFuture<Void> closing = new CompletableFuture<>();
  private final Door door;

  private Simulator(Scenario scenario, SimulatorOptions options) throws IOException {
    this.options = options;
    this.nodes = new SimulatedNodes(scenario, options);
    this.api = new Api(scenario, options, nodes);
    this.backend = new Backend(api, nodes, log);
    this.door = new Door(options, backend, closing);
  }

  /// Starts to listen on 127.0.0.1.
  ///
  /// @throws UncheckedIOException if the port cannot be had
  public static Simulator start(Scenario scenario, SimulatorOptions options) {
    try {
      return new Simulator(scenario, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `https://127.0.0.1:PORT`.
  public URI endpoint() {
    return URI.create("https://127.0.0.1:" + door.port());
  }

  /// The CA that signs the certificates, but for [ServerCertificate#OTHER_AUTHORITY].
  public static String certificateAuthorityPem() {
    return ServerCertificate.authorityPem();
  }

  /// Answers a path so from now on, whatever the scenario has; the caller's credentials are still
  /// checked, but not rights, nodes and parameters.
  ///
  /// @param pathWithQuery the decoded path below `/api2/json`; without a query it stands for any
  public void answer(String pathWithQuery, Answer answer) {
    answer(pathWithQuery, _ -> answer);
  }

  /// Answers a path by a function, which may block; it runs on the connection's own thread.
  public void answer(String pathWithQuery, Function<ReceivedRequest, Answer> answer) {
    api.overrides().put(pathWithQuery, answer);
  }

  /// Takes back what [#answer(String, Answer)] set.
  public void restore(String pathWithQuery) {
    api.overrides().remove(pathWithQuery);
  }

  /// Refuses all logins with `401 authentication failure` until `restore("/access/ticket")`.
  public void refuseLogins() {
    answer("/access/ticket", Answer.error(401, "authentication failure"));
  }

  /// Makes all tickets invalid, as after a new authentication key and a restart.
  public void revokeTickets() {
    api.tickets().revokeAll();
  }

  /// Stops or starts the cluster file system: while it is down, each request fails with `500
  /// RPCEnvironment init request failed: …`, logins too.
  public void clusterFileSystemDown(boolean down) {
    api.clusterFileSystemDown(down);
  }

  /// Lets all connections fail in one way from now on, until another one or [ConnectionFault#NONE]
  /// is set. The in-memory door fails alike.
  public void fault(ConnectionFault fault) {
    door.fault(fault);
  }

  /// Does [#fault(ConnectionFault)] right after the next answer to a path: its client meets the
  /// fault with whatever it asks next.
  ///
  /// @param path the decoded path below `/api2/json`, without query
  public void faultAfter(String path, ConnectionFault fault) {
    door.faultAfter(path, fault);
  }

  /// Shows another certificate from now on and closes all connections; no session is resumed.
  public void certificate(ServerCertificate certificate) {
    door.certificate(certificate);
  }

  /// Closes the connections that wait for their next request, as the server does after 5 s.
  public void closeIdleConnections() {
    door.closeIdleConnections();
  }

  /// Connections, handshakes and logins since the start.
  public Traffic traffic() {
    return door.traffic(log.logins());
  }

  /// Who exists and may do what now.
  public AccessList access() {
    return api.access();
  }

  /// Replaces the access list; tickets and tokens of users that remain stay valid.
  public void access(AccessList access) {
    api.access(access);
  }

  /// Sends a request past TLS and socket, with the same rights, waits, workers and log, and waits
  /// for its whole answer.
  ///
  /// @param method `GET` or another
  /// @param target path and query as on the wire: `/api2/json/nodes`
  /// @param headers the headers, whatever case their names have
  /// @param body the body; empty for none
  /// @param patience after how long this client goes away; what it asked for goes on without it
  /// @throws java.net.SocketTimeoutException if there was no whole answer by then
  /// @throws java.net.SocketException if the connection was reset
  /// @throws java.io.EOFException if it was closed before the end of the answer, as it is when the
  ///   simulator is closed
  /// @throws InterruptedException if the thread is interrupted, which is another way to go away
  public ReceivedAnswer exchange(
      String method, String target, Map<String, String> headers, String body, Duration patience)
      throws IOException, InterruptedException {
    var lowerCase = new HashMap<String, String>();
    headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
    var request = new ReceivedRequest(method, target, lowerCase, body);
    return Exchange.of(request, backend, door, options, closing, patience);
  }

  /// Lets all zfs calls of a node hang that begin from now on: [Hang#ofNode()].
  public void hang(String node) {
    hang(node, Hang.ofNode());
  }

  /// Lets the status of one pool hang: [Hang#ofPool(String)].
  public void hang(String node, String pool) {
    hang(node, Hang.ofPool(pool));
  }

  /// Lets calls of a node hang that begin from now on, beside those that hang already.
  ///
  /// @throws IllegalArgumentException if there is no such node, here and below
  public void hang(String node, Hang hang) {
    nodes.hang(node, hang);
  }

  /// Nothing hangs at the node any more: hung calls end, and those who still wait get their
  /// answers.
  public void recover(String node) {
    nodes.recover(node);
  }

  /// Changes what the cluster says of a node (where `/nodes` was not recorded), its zone, and
  /// whether it can be reached, from now on; calls in work go on.
  ///
  /// @param node the node as it is from now on; its name must be one of the scenario's
  public void change(ScenarioNode node) {
    nodes.change(node);
  }

  /// Starts a node anew in no time: what was handed on to it is lost (`596 Connection reset by
  /// peer`; a reset connection where it is the node that is spoken to), nothing hangs, and its
  /// uptime begins again.
  public void reboot(String node) {
    nodes.reboot(node);
  }

  /// How many of the node's three pvedaemon workers are taken, by hung calls too.
  public int busyWorkers(String node) {
    return nodes.queue(node).busy();
  }

  /// The most workers that were taken at once.
  public int maximumBusyWorkers(String node) {
    return nodes.queue(node).maximumBusy();
  }

  /// How many workers hung calls hold.
  public int stuckWorkers(String node) {
    return nodes.queue(node).stuck();
  }

  /// The last requests, 10,000 at most, oldest first.
  public List<ReceivedRequest> requests() {
    return log.requests();
  }

  /// How many requests asked for a path below `/api2/json`, whatever their query.
  public long requestCount(String path) {
    return requests().stream().filter(r -> r.path().equals(path)).count();
  }

  /// The most requests that were in service at once.
  public int maxConcurrentRequests() {
    return log.maximum("");
  }

  /// The most requests for a node that were in service at once.
  public int maxConcurrentRequests(String node) {
    return log.maximum(node);
  }

  /// Forgets the requests and maxima so far.
  public void forgetRequests() {
    log.clear();
    nodes.forgetMaxima();
  }

  /// Closes all connections, those in the middle of an answer too, and ends all threads.
  @Override
  public void close() {
    closing.complete(null);
    nodes.close();
    door.close();
  }
}
