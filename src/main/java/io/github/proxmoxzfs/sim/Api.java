package io.github.proxmoxzfs.sim;

import io.avaje.json.JsonException;
import io.github.proxmoxzfs.sim.Endpoint.Server;
import io.github.proxmoxzfs.sim.Login.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Decides what a request is answered, in the order in which the real server decides: method,
/// credentials, path, rights, node, parameters, and only then what was recorded.
final class Api {
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  private static final Answer NO_ACCESS_LIST =
      Answer.empty(
          500,
          "RPCEnvironment init request failed: Unable to load access control list: Connection refused");

  /// pveproxy has waited for long enough.
  static final Answer TIMED_OUT = Answer.empty(596, "Connection timed out");

  private final Scenario scenario;
  private final SimulatorOptions options;
  private final SimulatedNodes nodes;
  private final Instant began;
  private final Optional<RandomGenerator> keyOrder;
  private final Tickets tickets = new Tickets();
  private final Login login = new Login(tickets);
  private final Generated generated;
  private final Map<String, Function<ReceivedRequest, Answer>> overrides =
      new ConcurrentHashMap<>();
  private volatile AccessList access = AccessList.defaults();
  private volatile boolean clusterFileSystemDown;

  Api(Scenario scenario, SimulatorOptions options, SimulatedNodes nodes) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.options = options;
    this.began = options.clock().instant();
    this.generated = new Generated(scenario, nodes);
    this.keyOrder =
        options.keyOrderSeed().isEmpty() || scenario.verbatim()
            ? Optional.empty()
            : Optional.of(new Random(options.keyOrderSeed().getAsLong()));
  }

  /// An answer and where it comes from, which the Connection headers show.
  ///
  /// @param answer the answer
  /// @param server the process that made it
  /// @param otherNode whether another node than the one spoken to made it
  /// @param task what must be done before; the answer's delay comes after it
  record Reply(Answer answer, Server server, boolean otherNode, Optional<Task> task) {
    Reply(Answer answer, Server server, boolean otherNode) {
      this(answer, server, otherNode, Optional.empty());
    }

    static Reply ofProxy(Answer answer) {
      return new Reply(answer, Server.PVEPROXY, false);
    }
  }

  Tickets tickets() {
    return tickets;
  }

  void access(AccessList newAccess) {
    access = newAccess;
  }

  AccessList access() {
    return access;
  }

  void clusterFileSystemDown(boolean down) {
    clusterFileSystemDown = down;
  }

  Map<String, Function<ReceivedRequest, Answer>> overrides() {
    return overrides;
  }

  Reply answer(ReceivedRequest request) {
    var method = request.method();
    var path = request.path();
    if (!METHODS.contains(method)) {
      return Reply.ofProxy(Answer.empty(501, "method '" + method + "' not available"));
    }
    if (request.header("transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
      return Reply.ofProxy(Answer.plain(501, "chunked transfer encoding not supported"));
    }
    if (!request.wholePath().startsWith(ReceivedRequest.API + "/")) {
      return Reply.ofProxy(Answer.plain(500, "no such file '" + request.wholePath() + "'\n"));
    }
    if (clusterFileSystemDown) {
      return Reply.ofProxy(NO_ACCESS_LIST.delayed(options.refusalDelay()));
    }
    if (method.equals("POST") && path.equals("/access/ticket")) {
      return handedOn(request, delayed401(logIn(request)));
    }
    return switch (login.caller(request, access, options.clock().instant())) {
      case Caller.Refused(Answer answer) -> Reply.ofProxy(delayed401(answer));
      case Caller.Known(String subject) -> known(request, subject);
    };
  }

  private Answer logIn(ReceivedRequest request) {
    return override(request)
        .orElseGet(() -> login.post(request, access, options.clock().instant()));
  }

  private Answer delayed401(Answer answer) {
    return answer.status() == 401 && answer.delay().isZero()
        ? answer.delayed(options.refusalDelay())
        : answer;
  }

  private Reply known(ReceivedRequest request, String subject) {
    var path = request.path();
    if (request.method().equals("GET") && !request.body().isEmpty()) {
      return Reply.ofProxy(Answer.plain(501, "Unexpected content for method 'GET'"));
    }
    var endpoint = Endpoint.of(path);
    var node = request.node();
    var override = override(request);
    if (override.isPresent()) {
      return handedOn(request, filled(override.get(), node));
    }
    if (!request.method().equals("GET")
        || (endpoint.isEmpty() && scenario.recorded(request.pathWithQuery()).isEmpty())
        || endpoint.equals(Optional.of(Endpoint.TICKET))) {
      return Reply.ofProxy(notImplemented(request));
    }
    var refusal = endpoint.flatMap(e -> e.need().refusal(access, subject, node.orElse("")));
    if (refusal.isPresent()) {
      return Reply.ofProxy(Answer.error(403, refusal.get()));
    }
    var unreachable = node.flatMap(this::unreachable);
    if (unreachable.isPresent()) {
      return handedOn(request, unreachable.get());
    }
    return handedOn(request, serve(request, endpoint, subject));
  }

  /// The answer with the work that comes before it: pvedaemon's part takes a worker for the
  /// answer's delay, what another node answers one of the few requests that pveproxy hands on at a
  /// time. The delay of a 401 keeps nobody busy.
  private Reply handedOn(ReceivedRequest request, Answer answer) {
    var endpoint = Endpoint.of(request.path());
    var server = endpoint.map(Endpoint::server).orElse(Server.PVEPROXY);
    var named = request.node();
    var node = named.isEmpty() ? Optional.of(scenario.localNode()) : named.flatMap(this::node);
    var otherNode = named.filter(name -> !isLocal(name)).isPresent();
    var worker = server == Server.PVEDAEMON && !isOfProxy(answer);
    if (node.isEmpty() || !(worker || otherNode)) {
      return new Reply(answer, server, otherNode);
    }
    var afterwards = answer.status() == 401;
    var service = afterwards ? Duration.ZERO : answer.delay();
    var task = new Task(node.get().name(), request.path(), endpoint, otherNode, worker, service);
    return new Reply(
        afterwards ? answer : answer.delayed(Duration.ZERO), server, otherNode, Optional.of(task));
  }

  /// Whether pveproxy says so itself: what it handed on failed, or never came back.
  private static boolean isOfProxy(Answer answer) {
    return answer.status() >= 595
        || answer.delivery() instanceof Answer.Delivery.Silence
        || answer.delivery() instanceof Answer.Delivery.Reset;
  }

  /// The only JSON message without a newline at its end.
  private static Answer notImplemented(ReceivedRequest request) {
    var reason = "Method '" + request.method() + " " + request.path() + "' not implemented";
    var body = "{\"message\":" + JsonText.quote(reason) + ",\"data\":null}";
    return Answer.json(body).withStatus(501, reason);
  }

  private boolean isLocal(String node) {
    return node.equals("localhost") || node.equals(scenario.localNode().name());
  }

  private Optional<ScenarioNode> node(String name) {
    return nodes.member(name.equals("localhost") ? scenario.localNode().name() : name);
  }

  private Optional<Answer> unreachable(String name) {
    var node = node(name);
    if (node.isEmpty()) {
      return Optional.of(
          Answer.error(
              500,
              "hostname lookup '%1$s' failed - failed to get address info for: %1$s: Name or service not known"
                  .formatted(name)));
    }
    return switch (node.get().behaviour()) {
      case ANSWERS -> Optional.empty();
      case REFUSED -> Optional.of(Answer.empty(595, "Connection refused"));
      case NO_ROUTE ->
          Optional.of(Answer.empty(595, "No route to host").delayed(options.noRouteDelay()));
      case DROPPED ->
          Optional.of(Answer.empty(595, "Connection timed out").delayed(options.timeout()));
      case SILENT ->
          Optional.of(Answer.empty(596, "Connection timed out").delayed(options.timeout()));
    };
  }

  private Answer serve(ReceivedRequest request, Optional<Endpoint> endpoint, String subject) {
    var path = request.path();
    var invalid = endpoint.flatMap(e -> Parameters.refusal(e, request));
    if (invalid.isPresent()) {
      return invalid.get();
    }
    var answer =
        scenario
            .recorded(local(request.pathWithQuery()))
            .filter(_ -> mayReplay(path, subject))
            .or(() -> endpoint.flatMap(e -> generated.answer(e, path, access, subject)))
            .or(() -> endpoint.flatMap(Endpoint::fallback))
            .orElseGet(() -> notImplemented(request));
    var filled = filled(answer, request.node());
    var current = endpoint.equals(Optional.of(Endpoint.NODES)) ? currentRows(filled) : filled;
    var visible = endpoint.map(e -> visible(current, e, subject)).orElse(current);
    return shuffled(path.contains("/disks/zfs") ? delayed(visible) : visible);
  }

  private String local(String path) {
    return path.replaceFirst("^/nodes/localhost/", "/nodes/" + scenario.localNode().name() + "/");
  }

  /// Recorded rights are those of the credential that recorded.
  private static boolean mayReplay(String path, String subject) {
    return !path.equals("/access/permissions") || subject.startsWith(Credentials.MONITOR_USER);
  }

  private Optional<Answer> override(ReceivedRequest request) {
    var exact = overrides.get(request.pathWithQuery());
    var override = exact == null ? overrides.get(request.path()) : exact;
    return Optional.ofNullable(override).map(answer -> answer.apply(request));
  }

  private Answer filled(Answer answer, Optional<String> node) {
    var zone = node.flatMap(this::node).orElse(scenario.localNode()).zone();
    Instant now = options.clock().instant();
    return answer.withBody(Placeholders.filled(answer.body(), began, now, zone));
  }

  private Answer delayed(Answer answer) {
    return answer.delay().equals(Duration.ZERO) ? answer.delayed(options.callDelay()) : answer;
  }

  private Answer visible(Answer answer, Endpoint endpoint, String subject) {
    return answer.status() == 200
        ? changed(answer, body -> new VisibleRows(access, subject).of(endpoint, body))
        : answer;
  }

  /// With the numbers of now; the real server keeps nodes in a hash.
  private Answer currentRows(Answer answer) {
    var current = changed(answer, nodes::withStatistics);
    return keyOrder
        .map(random -> changed(current, body -> JsonText.withShuffledRows(body, random)))
        .orElse(current);
  }

  private Answer shuffled(Answer answer) {
    return keyOrder
        .map(random -> changed(answer, body -> JsonText.shuffled(body, random)))
        .orElse(answer);
  }

  /// Leaves a body that is not JSON, or not of the usual shape, as it was recorded.
  private static Answer changed(Answer answer, Function<String, String> change) {
    var body = new String(answer.body(), StandardCharsets.UTF_8);
    try {
      return answer.withBody(change.apply(body).getBytes(StandardCharsets.UTF_8));
    } catch (JsonException | IllegalStateException _) {
      return answer;
    }
  }
}
