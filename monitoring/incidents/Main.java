import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxzfs.demo.ShortenedTimes;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.ServerCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// What ../check-incidents needs beside Prometheus and Alertmanager: the clusters, the exporters,
/// and the receiver that compares what is told with what is to be told. Run as
/// `java Main.java LAUNCHER FOLDER ORIGIN FACTOR PORT PROMETHEUS all|short`; the ports from PORT on are its own.
/// Ends with 1 where not all is as it should be, and with [#TOO_FAST] where that proves nothing, since this
/// machine did not keep pace with the clock.
final class Main {
  /// As EX_TEMPFAIL of sysexits.h.
  private static final int TOO_FAST = 75;

  private static final Duration ALL_WELL = Duration.ofMinutes(25);

  private final Path launcher;
  private final Path folder;
  private final Instant origin;
  private final int factor;
  private final int port;
  private final int prometheus;
  private final boolean all;
  private final InstantSource clock;
  private final List<Notification> notifications = new CopyOnWriteArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  private Main(String[] arguments) {
    launcher = Path.of(arguments[0]);
    folder = Path.of(arguments[1]);
    origin = Instant.ofEpochSecond(Long.parseLong(arguments[2]));
    factor = Integer.parseInt(arguments[3]);
    port = Integer.parseInt(arguments[4]);
    prometheus = Integer.parseInt(arguments[5]);
    all = arguments[6].equals("all");
    clock = () -> origin.plus(Duration.between(origin, Instant.now()).multipliedBy(factor));
  }

  public static void main(String[] arguments) throws Exception {
    int code = new Main(arguments).play();
    System.exit(code);
  }

  private Exporter exporter(String name, int itsPort) {
    return new Exporter(
        name,
        launcher,
        folder,
        itsPort,
        // It is asked as often as by the servers of 60 people: worth compiling at once.
        "-XX:CompileThresholdScaling=1 -Dio.github.proxmoxzfs.clock="
            + factor
            + "@"
            + origin.getEpochSecond());
  }

  private int play() throws Exception {
    var receiver = receive();
    shorten();
    Path clusters = Files.createDirectory(folder.resolve("clusters"));
    var incidents = new Incidents(clusters, clock);
    var mortal = new World("mortal", 90, clusters.resolve("mortal"), clock);
    mortal.pool("pve1", "tank", "mirror-0", Disk.Kind.HDD, 2);
    var alive = new World("alive", 91, clusters.resolve("alive"), clock);
    try (var main = exporter("main", port + 1);
        var dying = exporter("dying", port + 2);
        var living = exporter("living", port + 3)) {
      Path token = folder.resolve("token");
      var life = new NormalLife(alive, living, token);
      life.write(Credentials.MONITOR_TOKEN);
      incidents.all.forEach(incident -> incident.world.start());
      mortal.start();
      alive.start();
      var yaml = new StringBuilder("clusters:\n");
      incidents.all.forEach(incident -> yaml.append(cluster(incident.world, incident.ca, "")));
      main.configure(yaml.toString());
      dying.configure("clusters:\n" + cluster(mortal, "", ""));
      living.configure("clusters:\n" + cluster(alive, "", token.toString()));
      for (Exporter exporter : List.of(main, dying, living)) {
        exporter.start();
        exporter.awaitReady();
      }
      warmUp(incidents.all);
      writeTargets(incidents.all);
      System.out.printf("%d clusters, all well.%n", incidents.all.size() + 2);
      var pace = new Pace(prometheus, port + 1, Duration.ofMinutes(1).dividedBy(factor), incidents.all);
      Instant enough = clock.instant().plus(ALL_WELL);
      while (clock.instant().isBefore(enough)) {
        pace.beat();
      }
      if (!pace.lags().isEmpty()) {
        return tooFast(pace);
      }
      notifications.forEach(n -> mistakes.add("all is well, and it was told: " + n.text()));
      play(incidents.all, life, dying, pace);
      judge(incidents.all, main);
      mistakes.forEach(mistake -> System.out.println("WRONG  " + mistake));
      if (mistakes.isEmpty()) {
        return 0;
      }
      return pace.lags().isEmpty() ? 1 : tooFast(pace);
    } finally {
      receiver.stop(0);
    }
  }

  private int tooFast(Pace pace) {
    System.out.printf("This machine does not keep pace with a clock that goes %d times as fast:%n", factor);
    pace.lags().forEach(lag -> System.out.println("       " + lag));
    return TOO_FAST;
  }

  /// The rules and routes, in the clock's time.
  private void shorten() throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    try (var files = Files.list(Path.of("rules"))) {
      for (Path file : files.toList()) {
        Files.writeString(rules.resolve(file.getFileName()), ShortenedTimes.of(Files.readString(file), origin, factor));
      }
    }
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        ShortenedTimes.of(Files.readString(Path.of("alertmanager.yml")), origin, factor)
            .replace("localhost:9095", "127.0.0.1:" + port));
  }

  /// The first collections are slow, since nothing is compiled yet: they are not for Prometheus.
  private void warmUp(List<Incident> incidents) throws Exception {
    for (int round = 0; round < 8; round++) {
      try (var scrapes = Executors.newFixedThreadPool(4)) {
        incidents.forEach(
            incident -> scrapes.submit(() -> Exporter.get(port + 1, "/probe?target=" + incident.name)));
        scrapes.submit(() -> Exporter.get(port + 2, "/metrics"));
        scrapes.submit(() -> Exporter.get(port + 3, "/metrics"));
      }
    }
  }

  private HttpServer receive() throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 100);
    server.createContext(
        "/",
        exchange -> {
          String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          try {
            String to = exchange.getRequestURI().getPath().substring(1);
            notifications.add(Notification.of(to, said, clock.instant()));
            exchange.sendResponseHeaders(200, -1);
          } catch (RuntimeException e) {
            e.printStackTrace();
            exchange.sendResponseHeaders(400, -1);
          } finally {
            exchange.close();
          }
        });
    server.start();
    return server;
  }

  private String cluster(World world, String ca, String tokenFile) {
    // Whoever trusts by fingerprints is not told by a refusal that a certificate has expired.
    String trust =
        "    fingerprints: "
            + Json.array(
                Stream.of(ServerCertificate.PROXMOX, ServerCertificate.EXPIRED)
                    .map(certificate -> Json.text(certificate.fingerprint()))
                    .toList())
            + "\n";
    if (!ca.isEmpty()) {
      try {
        Path file = folder.resolve("ca.pem");
        Files.writeString(file, ca);
        trust = "    ca_file: " + file + "\n";
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    // SMART more often than hourly, and no answer twice: a minute here is a second or two.
    return "  - name: " + world.name + "\n"
        + "    endpoints: "
        + Json.array(world.endpoints().stream().map(endpoint -> Json.text(endpoint.toString())).toList())
        + "\n"
        + (tokenFile.isEmpty()
            ? "    token: " + Credentials.MONITOR_TOKEN + "\n"
            : "    token_file: " + tokenFile + "\n")
        + trust
        + "    smart: {interval: 10m}\n"
        + "    requests: {shared_for: 0s}\n"
        + locations(world);
  }

  private static String locations(World world) {
    var locations = new StringBuilder("    locations:\n");
    world.nodes.values().stream()
        .flatMap(node -> node.disks.stream())
        .forEach(disk -> locations.append("      ").append(disk.serial).append(": \"bay ").append(disk.name).append("\"\n"));
    return locations.toString();
  }

  private void writeTargets(List<Incident> incidents) throws IOException {
    var groups = new ArrayList<String>();
    for (Incident incident : incidents) {
      if (incident.inParts) {
        groups.add(probe(port + 1, incident.name, "instance", "cluster", "__param_scope", "cluster"));
        for (String node : incident.world.nodes.keySet()) {
          groups.add(probe(port + 1, incident.name, "instance", node, "__param_node", node));
        }
      } else {
        groups.add(probe(port + 1, incident.name));
      }
    }
    groups.add(target(port + 1, "__metrics_path__", "/metrics", "part", "own"));
    groups.add(probe(port + 2, "mortal", "__param_scope", "cluster", "part", "cluster"));
    groups.add(probe(port + 2, "mortal", "__param_node", "pve1", "part", "pve1"));
    groups.add(target(port + 2, "__metrics_path__", "/metrics", "part", "own"));
    groups.add(probe(port + 3, "alive"));
    Path written = folder.resolve("targets.new");
    Files.writeString(written, Json.array(groups));
    Files.move(written, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String probe(int exporter, String cluster, String... labels) {
    var all = new ArrayList<>(List.of("__metrics_path__", "/probe", "__param_target", cluster, "cluster", cluster));
    all.addAll(List.of(labels));
    return target(exporter, all.toArray(String[]::new));
  }

  private static String target(int exporter, String... labels) {
    var members = new Object[labels.length];
    for (int i = 0; i < labels.length; i++) {
      members[i] = i % 2 == 0 ? labels[i] : Json.text(labels[i]);
    }
    return Json.object(
        "targets", Json.array(List.of(Json.text("127.0.0.1:" + exporter))), "labels", Json.object(members));
  }

  private void play(List<Incident> incidents, NormalLife life, Exporter dying, Pace pace) throws InterruptedException {
    Instant begun = clock.instant();
    int known = notifications.size();
    incidents.forEach(Incident::begin);
    System.out.printf("%d incidents begin.%n", incidents.size() + 1);
    var death = new Death(dying, clock);
    boolean over = false;
    while (!over) {
      pace.beat();
      for (; known < notifications.size(); known++) {
        deliver(incidents, death, notifications.get(known));
      }
      over = life.step(begun) & death.step(begun);
      for (Incident incident : incidents) {
        over &= incident.step(!all);
      }
    }
    death.judge(mistakes);
  }

  private void deliver(List<Incident> incidents, Death death, Notification notification) {
    System.out.printf(
        "%4d  %-5s %s %s %s%n",
        Duration.between(origin, notification.at()).toMinutes(),
        notification.receiver(),
        notification.firing() ? "FIRES" : "ended",
        notification.cluster(),
        notification.firing()
            ? notification.names()
            : notification.alerts().stream().map(Notification.Alert::name).distinct().toList());
    if (notification.alerts().getFirst().name().startsWith("ZfsExporter")) {
      death.notifications.add(notification);
      return;
    }
    incidents.stream()
        .filter(incident -> incident.name.equals(notification.cluster()))
        .findFirst()
        .ifPresentOrElse(
            incident -> incident.notified(notification),
            () -> mistakes.add("nothing is wrong there, and it was told: " + notification.text()));
  }

  /// An exporter that is scraped as three targets dies, and is started again.
  private static final class Death {
    private final Exporter exporter;
    private final InstantSource clock;
    final List<Notification> notifications = new ArrayList<>();
    private Instant revived;

    Death(Exporter exporter, InstantSource clock) {
      this.exporter = exporter;
      this.clock = clock;
      exporter.kill();
    }

    boolean step(Instant begun) {
      Instant now = clock.instant();
      if (revived == null && now.isAfter(begun.plus(Duration.ofMinutes(40)))) {
        exporter.start();
        revived = now;
      }
      boolean ended = !notifications.isEmpty() && !notifications.getLast().firing();
      return ended || now.isAfter(begun.plus(Duration.ofMinutes(120)));
    }

    void judge(List<String> mistakes) {
      // One target may be found up again a moment before another.
      notifications.removeIf(n -> n.firing() && n.tellsAnEnd() && n.at().isAfter(revived));
      String line = notifications.stream().map(n -> n.receiver() + (n.firing() ? " fires" : " ended")).toList().toString();
      boolean right =
          line.equals("[pager fires, pager ended]")
              && notifications.getFirst().names().toString().equals("[ZfsExporterDown]")
              && notifications.getLast().at().isAfter(revived);
      if (!right) {
        mistakes.add("exporter-dead: " + line);
      }
      System.out.printf("%-30s PAGE %-28s once for its three targets, until it was back%n", "exporter-dead", "ZfsExporterDown");
    }
  }

  private void judge(List<Incident> incidents, Exporter exporter) {
    for (Incident incident : incidents) {
      System.out.println(incident.line());
      List<String> wrong = incident.mistakes();
      if (!wrong.isEmpty()) { // what happened once may not happen again
        exporter.logged(incident.name).forEach(line -> System.out.println("       " + line));
      }
      wrong.forEach(mistake -> {
        mistakes.add(incident.name + ": " + mistake);
        if (mistake.startsWith("does not name")) {
          mistakes.add("    " + incident.notifications.getFirst().text());
        }
      });
    }
  }
}
