import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/// More than an hour of what happens all the time, and is no incident: nothing is to be told of it.
final class NormalLife {
  private record Event(int minute, String what, Runnable happens) {}

  private final World world;
  private final Exporter exporter;
  private final Path token;
  private final Queue<Event> events = new ArrayDeque<>();
  private int minute;

  NormalLife(World world, Exporter exporter, Path token) {
    this.world = world;
    this.exporter = exporter;
    this.token = token;
    world.pool("pve1", "tank", "raidz1-0", Disk.Kind.HDD, 3);
    Vdev spare = Vdev.of(world.disk("pve1", Disk.Kind.HDD));
    spare.state = "AVAIL";
    world.pool("tank").put("spares", spare);
    world.pool("pve2", "rpool", "mirror-0", Disk.Kind.SSD, 2);
    world.jobs.add(new World.Job("pve1", "pve2"));
    world.storageUsed = 0.4;
    plan();
  }

  private void at(int when, String what, Runnable happens) {
    minute = when;
    events.add(new Event(when, what, happens));
  }

  private void plan() {
    at(1, "a scrub begins", () -> scrub(1));
    for (int i = 1; i <= 8; i++) {
      int percent = i * 12;
      at(1 + 2 * i, "it goes on: " + percent + " %", () -> scrub(percent));
    }
    at(19, "it ends", () -> world.pool("tank").scan = world.scrubbed(Duration.ZERO));
    at(21, "pve2 restarts", () -> world.change("pve2", Status.OFFLINE, Behaviour.NO_ROUTE));
    at(
        25,
        "and is back",
        () -> {
          world.simulator().reboot("pve2");
          world.change("pve2", Status.ONLINE, Behaviour.ANSWERS);
        });
    at(
        28,
        "it was upgraded: another ZFS, features not yet enabled",
        () -> {
          world.node("pve2").release = "2.4.1-pve1";
          world.pool("rpool").complaint =
              "Some supported and requested features are not enabled on the pool. The pool can still be used, but some features are unavailable.";
        });
    at(30, "zpool upgrade", () -> world.pool("rpool").complaint = "");
    at(32, "a new secret for the token, in force by a reload", this::rotate);
    at(36, "the exporter is restarted", exporter::stop);
    at(37, "and is back", exporter::start);
    at(40, "a replication is under way, and late by a little",
        () -> world.jobs.getFirst().sinceNext = Duration.ofMinutes(8));
    at(44, "and has ended", () -> world.jobs.getFirst().sinceNext = Duration.ofMinutes(-3));
    at(46, "much is written", () -> world.pool("tank").capacity = 0.55);
    at(47, "the pool grows", () -> world.pool("tank").size *= 2);
    at(49, "a disk is replaced before it fails", this::replace);
    at(52, "it is resilvered", () -> resilver(40));
    at(55, "still", () -> resilver(80));
    at(58, "it has ended", this::replaced);
    at(60, "a pool is created", () -> world.pool("pve2", "fresh", "mirror-0", Disk.Kind.SSD, 2).scan = "");
    at(63, "a spare stands in for a disk that was pulled by mistake", this::spareStandsIn);
    at(65, "it is put back, and the spare returns", this::spareReturns);
    at(67, "much is deleted", () -> world.pool("tank").capacity = 0.2);
  }

  private void scrub(int percent) {
    world.pool("tank").scan =
        "scrub in progress since %s 381M / 381M scanned, %d.0M / 381M issued at 27.4M/s 0B repaired, %d.01%% done, 00:00:08 to go"
            .formatted(world.ago(Duration.ofMinutes(percent / 6)), 3 * percent, percent);
  }

  private void rotate() {
    String fresh = "monitor@pve!exporter=22222222-2222-4222-8222-222222222222";
    var access = world.simulator().access();
    // Proxmox can regenerate the secret of a token; what is shown then is put into the file at once.
    world.simulator().access(access.withToken(fresh, true));
    write(fresh);
    exporter.hangUp();
  }

  void write(String secret) {
    try {
      Files.writeString(token, secret + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replace() {
    Vdev group = world.pool("tank").data.getFirst();
    Vdev fresh = Vdev.of(world.disk("pve1", Disk.Kind.HDD));
    fresh.note = "(resilvering)";
    group.children.set(2, Vdev.group("replacing-2", group.children.get(2), fresh));
    resilver(5);
  }

  private void resilver(int percent) {
    world.pool("tank").scan =
        "resilver in progress since %s 448M / 448M scanned, %d.4M / 448M issued at 4.24M/s %d.5M resilvered, %d.27%% done, 00:01:20 to go"
            .formatted(world.ago(Duration.ofMinutes(percent / 10)), percent * 4, percent * 4, percent);
  }

  private void replaced() {
    Vdev group = world.pool("tank").data.getFirst();
    Vdev fresh = group.children.get(2).children.get(1);
    fresh.note = "";
    group.children.set(2, fresh);
    world.disk(2).used = false;
    world.pool("tank").scan = "resilvered 448M in 00:09:10 with 0 errors on " + world.ago(Duration.ZERO);
  }

  private void spareStandsIn() {
    Vdev group = world.pool("tank").data.getFirst();
    Vdev pulled = group.children.get(0);
    pulled.fail("REMOVED", "");
    Vdev spare = Vdev.leaf(world.pool("tank").others.get("spares").getFirst().name);
    spare.note = "(resilvering)";
    group.children.set(0, Vdev.group("spare-0", pulled, spare));
    world.pool("tank").others.get("spares").getFirst().state = "INUSE";
    resilver(3);
  }

  private void spareReturns() {
    Vdev group = world.pool("tank").data.getFirst();
    Vdev back = group.children.get(0).children.get(0);
    back.heal();
    group.children.set(0, back);
    world.pool("tank").others.get("spares").getFirst().state = "AVAIL";
    world.pool("tank").scan = "resilvered 3.4M in 00:00:02 with 0 errors on " + world.ago(Duration.ZERO);
  }

  /// Lets happen what is due.
  ///
  /// @param begun when it began
  /// @return whether all has happened, a quarter of an hour ago
  boolean step(Instant begun) {
    long now = Duration.between(begun, world.clock.instant()).toMinutes();
    while (!events.isEmpty() && events.peek().minute() <= now) {
      Event event = events.remove();
      System.out.printf("  normal life, minute %2d: %s%n", event.minute(), event.what());
      event.happens().run();
      world.tell();
    }
    return events.isEmpty() && now >= minute + 15;
  }
}
