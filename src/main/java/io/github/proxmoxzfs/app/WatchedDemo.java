package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Smart;
import io.github.proxmoxzfs.demo.ShortenedTimes;
import io.github.proxmoxzfs.demo.Told;
import io.github.proxmoxzfs.demo.Watchers;
import io.github.proxmoxzfs.sim.FailingDisk;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.web.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The demo with a real Prometheus and Alertmanager: the story of a disk that fails, a minute of
/// the cluster in each second, and what is told of it.
final class WatchedDemo implements AutoCloseable {
  /// What is waited for at most; it takes half a minute on a machine that has nothing else to do.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int COLUMNS = 100;
  private static final String INDENTATION = " ".repeat(7);

  private final PrintWriter out;
  private final boolean hasty;
  private final Instant origin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final InstantSource clock =
      new AcceleratedClock(origin, ShortenedTimes.FACTOR, InstantSource.system());
  private final Set<String> goingOn = new HashSet<>();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final SimulatedCluster simulated;
  private final Exporter exporter;
  private final Watchers watchers;
  private final FailingDisk disk;
  private boolean failed;

  /// Starts everything.
  ///
  /// @param hasty whether the story goes on as soon as what belongs to a chapter was told
  /// @param path where the metrics are
  WatchedDemo(
      PrintWriter out, boolean hasty, ServerSettings settings, String path, Map<String, String> env)
      throws IOException, InterruptedException {
    this.out = out;
    this.hasty = hasty;
    Watchers.requireInstalled(env);
    Scenario scenario = Scenario.named(FailingDisk.SCENARIO);
    simulated =
        new SimulatedCluster(
            scenario, Simulator.start(scenario, SimulatorOptions.defaults().withClock(clock)));
    disk = new FailingDisk(simulated.simulator(), clock);
    Exporter started = null;
    try {
      Configuration configuration = configuration();
      started =
          Exporter.start(
              configuration,
              () -> new ConfigurationResult.Valid(configuration),
              Optional.empty(),
              settings,
              clock);
      int port = started.addresses().getFirst().getPort();
      watchers =
          Watchers.start(
              URI.create("http://127.0.0.1:" + port + path), origin, env, told::add, this::died);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      if (started != null) {
        started.close();
      }
      simulated.close();
      throw failure;
    }
    exporter = started;
  }

  /// SMART every ten minutes, which are ten seconds here, and no answer twice.
  private Configuration configuration() {
    Configuration configuration = simulated.configuration();
    ClusterConfiguration cluster = configuration.clusters().getFirst();
    var watched =
        new ClusterConfiguration(
            cluster.name(),
            cluster.endpoints(),
            cluster.credential(),
            cluster.trust(),
            cluster.serverName(),
            cluster.timeout(),
            cluster.timezone(),
            cluster.nodes(),
            new Requests(Requests.DEFAULTS.perNode(), Requests.DEFAULTS.inFlight(), Duration.ZERO),
            cluster.collectors(),
            new Smart(Duration.ofMinutes(10), Smart.DEFAULTS.rotational()),
            cluster.forgetAfter(),
            Map.of(
                FailingDisk.FAILING,
                "bay 3",
                FailingDisk.FRESH,
                "bay 3",
                FailingDisk.SPARE,
                "bay 9"));
    return new Configuration(List.of(watched), configuration.format(), Optional.empty(), List.of());
  }

  /// Tells the story.
  ///
  /// @return whether all was told as it should be
  boolean play() throws InterruptedException {
    say("A minute of the cluster is a second here. Prometheus scrapes, all is well.");
    chapter(15);
    say(
        "pve1: disk %s, serial %s, of pool tank returns wrong data. ZFS mends it from the others."
            .formatted(FailingDisk.MODEL, FailingDisk.FAILING));
    disk.returnsWrongData(3);
    chapter(25);
    disk.returnsWrongData(12);
    await("a warning of the errors", mail("ZfsVdevErrorsGrowing"));
    chapter(65);
    say("SMART of the same disk says FAILED.");
    disk.predictsItsFailure();
    await("a warning of SMART", mail("ZfsDiskSmartFailed"));
    chapter(125);
    say("ZFS gives the disk up: FAULTED. The hot spare takes over and is resilvered.");
    disk.isFaulted();
    await("the page", notification -> isPage(notification) && notification.firing());
    chapter(190);
    say("The spare holds everything. Somebody reads the page and pulls the disk in bay 3.");
    disk.spareIsResilvered();
    chapter(205);
    say("A new disk, zpool replace: it is resilvered.");
    disk.isReplaced();
    chapter(265);
    say("The resilver has ended, the spare is free again.");
    disk.isMended();
    await("the end of the page", notification -> isPage(notification) && !notification.firing());
    say("That was one fault, one page, the right disk. All goes on until Ctrl-C.");
    return !failed;
  }

  /// Links to look at.
  void announce() {
    int port = exporter.addresses().getFirst().getPort();
    out.println("The cluster    http://localhost:" + port + "/");
    out.println("Prometheus     " + watchers.alerts());
    out.println("Alertmanager   " + watchers.alertmanager());
    out.println("Ctrl-C ends all of them.");
    out.println();
    out.flush();
  }

  /// Goes on printing what is told, until the process ends.
  void goOn() throws InterruptedException {
    Thread.ofPlatform().daemon().name("told").start(this::printForEver);
    exporter.serveUntilStopped();
  }

  private void printForEver() {
    try {
      while (true) {
        print(told.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Predicate<Told> mail(String alert) {
    return notification ->
        !notification.page()
            && notification.alerts().stream()
                .anyMatch(one -> one.firing() && one.name().equals(alert));
  }

  private static boolean isPage(Told notification) {
    return notification.page()
        && notification.alerts().stream()
            .anyMatch(
                alert ->
                    alert.name().equals("ZfsVdevFailed")
                        && alert.description().contains(FailingDisk.FAILING));
  }

  /// Waits for the next chapter, which begins at a second of the story.
  private void chapter(int second) throws InterruptedException {
    Instant begins = hasty ? Instant.now() : origin.plusSeconds(second);
    // The errors must be seen to grow.
    Instant until = hasty && second < 60 ? Instant.now().plusSeconds(second - 10) : begins;
    await(_ -> false, until);
  }

  private void await(String what, Predicate<Told> awaited) throws InterruptedException {
    if (!await(awaited, Instant.now().plus(PATIENCE))) {
      say("Nothing was told: " + what + " was expected.");
      failed = true;
    }
  }

  /// Prints what is told meanwhile.
  private boolean await(Predicate<Told> awaited, Instant until) throws InterruptedException {
    while (true) {
      long left = Duration.between(Instant.now(), until).toMillis();
      Told next = left <= 0 ? told.poll() : told.poll(left, TimeUnit.MILLISECONDS);
      if (next == null) {
        return false;
      }
      print(next);
      if (awaited.test(next)) {
        return true;
      }
    }
  }

  private void died(String lastWords) {
    say(lastWords);
  }

  private void print(Told notification) {
    for (Told.Alert alert : notification.alerts()) {
      String what = (notification.page() ? "PAGE " : "mail ") + alert.name();
      // Alertmanager repeats what goes on where something comes to it.
      if (alert.firing() && goingOn.add(what)) {
        say(what + ": " + alert.description());
      } else if (!alert.firing() && goingOn.remove(what)) {
        say(what + " has ended.");
      }
    }
  }

  /// A line with the time of the story, wrapped.
  private synchronized void say(String text) {
    Duration since = Duration.between(origin, Instant.now());
    var line = new StringBuilder("%3d:%02d".formatted(since.toMinutes(), since.toSecondsPart()));
    int column = line.length();
    for (String word : text.split("\\s+", -1)) {
      if (column + 1 + word.length() > COLUMNS) {
        line.append('\n').append(INDENTATION);
        column = INDENTATION.length() - 1;
      } else {
        line.append(' ');
      }
      line.append(word);
      column += 1 + word.length();
    }
    out.println(line);
    out.flush();
  }

  @Override
  public void close() {
    watchers.close();
    exporter.close();
    simulated.close();
  }
}
