import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ScenarioNode;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A cluster that something happens to: its nodes, disks and pools, written down as the answers
/// that Proxmox gives of them, in a scenario's folder that a [Simulator] plays. The simulator reads
/// the folder with each request, so what [#tell()] writes is what is answered from then on.
final class World implements AutoCloseable {
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// A node.
  static final class Node {
    final String name;
    final List<Disk> disks = new ArrayList<>();
    final Map<String, Pool> pools = new LinkedHashMap<>();
    String release = "2.3.9-pve1";

    /// In place of the list of pools.
    String garbage = "";

    Node(String name) {
      this.name = name;
    }
  }

  /// A replication job.
  static final class Job {
    final String source;
    final String target;
    int failures;
    Duration sinceNext = Duration.ofMinutes(-3);

    Job(String source, String target) {
      this.source = source;
      this.target = target;
    }
  }

  final String name;
  final InstantSource clock;
  final Map<String, Node> nodes = new LinkedHashMap<>();
  final List<Job> jobs = new ArrayList<>();

  /// How much of the storage on the first pool is used; negative if there is none.
  double storageUsed = -1;

  boolean storageActive = true;

  /// Whether another of its nodes is an endpoint too.
  boolean twoEndpoints;

  private final Path folder;
  private final int number;
  private Simulator simulator;
  private Simulator other;
  private Simulator lost;

  World(String name, int number, Path folder, InstantSource clock) {
    this.name = name;
    this.number = number;
    this.folder = folder;
    this.clock = clock;
  }

  /// As C's ctime prints the moment that lies `before` before now.
  String ago(Duration before) {
    return CTIME.format(clock.instant().minus(before));
  }

  String scrubbed(Duration before) {
    return "scrub repaired 0B in 01:38:54 with 0 errors on " + ago(before);
  }

  Node node(String node) {
    return nodes.computeIfAbsent(node, Node::new);
  }

  /// A new disk of a node.
  Disk disk(String node, Disk.Kind kind) {
    var disks = node(node).disks;
    long alike = disks.stream().filter(d -> (d.kind == Disk.Kind.NVME) == (kind == Disk.Kind.NVME)).count();
    String kernel = kind == Disk.Kind.NVME ? "nvme" + alike + "n1" : "sd" + (char) ('a' + alike);
    String serial = "S%02dX%s%02d".formatted(number, node.substring(node.length() - 1), disks.size());
    var disk = new Disk(kind, serial, kernel);
    disks.add(disk);
    return disk;
  }

  /// A new pool of one group of new disks.
  Pool pool(String node, String pool, String group, Disk.Kind kind, int disks) {
    var made = new Pool(pool, scrubbed(Duration.ofDays(5)));
    var leaves = new Vdev[disks];
    for (int i = 0; i < disks; i++) {
      leaves[i] = Vdev.of(disk(node, kind));
    }
    if (group.isEmpty()) {
      made.data.addAll(List.of(leaves));
    } else {
      made.data.add(Vdev.group(group, leaves));
    }
    node(node).pools.put(pool, made);
    return made;
  }

  Pool pool(String pool) {
    return nodes.values().stream()
        .map(node -> node.pools.get(pool))
        .filter(found -> found != null)
        .findFirst()
        .orElseThrow();
  }

  Disk disk(int index) {
    return nodes.values().iterator().next().disks.get(index);
  }

  /// The leaf of a pool's first group.
  Vdev leaf(String pool, int index) {
    Vdev first = pool(pool).data.getFirst();
    return first.leaf ? pool(pool).data.get(index) : first.children.get(index);
  }

  Simulator simulator() {
    return simulator;
  }

  /// Lets the endpoint that the exporter asks be gone. Mostly it is the first one, but another where that was found
  /// silent once, as at the start: it is returned to after five minutes, which are not accelerated.
  void loseEndpoint() {
    lost = asked(other) > asked(simulator) ? other : simulator;
    lost.fault(ConnectionFault.REFUSED);
  }

  private static int asked(Simulator endpoint) {
    return endpoint.requests().size();
  }

  void returnEndpoint() {
    lost.fault(ConnectionFault.NONE);
  }

  void start() {
    tell();
    simulator = simulate();
    if (twoEndpoints) {
      other = simulate();
    }
  }

  private Simulator simulate() {
    return Simulator.start(
        Scenario.ofFolder(folder),
        SimulatorOptions.defaults()
            .withClock(clock)
            .withRefusalDelay(Duration.ofMillis(50))
            .withNoRouteDelay(Duration.ofMillis(50)));
  }

  List<URI> endpoints() {
    return twoEndpoints ? List.of(simulator.endpoint(), other.endpoint()) : List.of(simulator.endpoint());
  }

  void change(String node, ScenarioNode.Status status, ScenarioNode.Behaviour behaviour) {
    simulator.change(new ScenarioNode(node, status, ZoneId.of("Etc/UTC"), behaviour));
  }

  /// Writes down what is to be answered.
  void tell() {
    var yaml = new StringBuilder("description: " + name + "\nnodes:\n");
    nodes.keySet().forEach(node -> yaml.append("  ").append(node).append(": {zone: Etc/UTC}\n"));
    write("scenario.yml", yaml.toString());
    nodes.values().forEach(this::tell);
    tellStorages();
    write(
        "answers/cluster/replication.json",
        Json.object(
            "data",
            Json.array(
                jobs.stream()
                    .map(
                        job ->
                            Json.object(
                                "id", Json.text("100-" + jobs.indexOf(job)), "type", "\"local\"",
                                "guest", 100, "jobnum", jobs.indexOf(job),
                                "source", Json.text(job.source), "target", Json.text(job.target),
                                "schedule", "\"*/5\""))
                    .toList())));
  }

  private void tell(Node node) {
    String base = "answers/nodes/" + node.name;
    var imported = node.pools.values().stream().filter(pool -> pool.imported).toList();
    write(
        base + "/disks/zfs.json",
        node.garbage.isEmpty()
            ? Json.object("data", Json.array(imported.stream().map(Pool::row).toList()))
            : node.garbage);
    node.pools.values().forEach(pool -> tell(base, pool));
    write(
        base + "/disks/list.json",
        Json.object(
            "data",
            Json.array(node.disks.stream().filter(d -> d.present).map(Disk::listed).toList())));
    for (Disk disk : node.disks) {
      if (disk.present) {
        write(base + "/disks/smart%3Fdisk%3D%2Fdev%2F" + disk.name + ".json", disk.smart());
      }
    }
    write(
        base + "/replication.json",
        Json.object(
            "data",
            Json.array(
                jobs.stream().filter(job -> job.source.equals(node.name)).map(this::job).toList())));
    write(
        base + "/apt/versions.json",
        Json.object(
            "data",
            Json.array(
                List.of(
                    installed("zfsutils-linux", node.release),
                    installed("pve-manager", "9.1.7")))));
  }

  private static String installed(String name, String version) {
    return Json.object(
        "Package", Json.text(name), "OldVersion", Json.text(version), "Version", Json.text(version),
        "CurrentState", "\"Installed\"");
  }

  private void tell(String base, Pool pool) {
    if (pool.imported) {
      write(base + "/disks/zfs/" + pool.name + ".json", pool.status());
    } else {
      delete(base + "/disks/zfs/" + pool.name + ".json");
    }
  }

  private String job(Job job) {
    long next = clock.instant().minus(job.sinceNext).getEpochSecond();
    String since = job.failures == 0 ? "{{epoch -PT2M}}" : String.valueOf(next - 300);
    var good =
        new Object[] {
          "id", Json.text("100-" + jobs.indexOf(job)), "type", "\"local\"", "guest", 100,
          "jobnum", jobs.indexOf(job), "source", Json.text(job.source),
          "target", Json.text(job.target), "schedule", "\"*/5\"", "vmtype", "\"qemu\"",
          "last_sync", since, "last_try", since, "duration", 3.5, "fail_count", job.failures,
          "next_sync", job.sinceNext.isNegative() ? "{{epoch PT3M}}" : String.valueOf(next)
        };
    String row = Json.object(good);
    return job.failures == 0
        ? row
        : row.substring(0, row.length() - 1) + ",\"error\":\"command ssh failed: exit code 255\"}";
  }

  private void tellStorages() {
    if (storageUsed < 0) {
      write("answers/storage.json", "{\"data\":[]}");
      write("answers/cluster/resources%3Ftype%3Dstorage.json", "{\"data\":[]}");
      return;
    }
    String node = nodes.keySet().iterator().next();
    String pool = node(node).pools.keySet().iterator().next();
    write(
        "answers/storage.json",
        Json.object(
            "data",
            Json.array(
                List.of(
                    Json.object(
                        "storage", "\"vms\"", "type", "\"zfspool\"",
                        "pool", Json.text(pool + "/vm"), "content", "\"images,rootdir\"",
                        "sparse", 1, "digest", "\"ac4dc1f240aef487b16837e738a06669de326b27\"")))));
    write(
        "answers/cluster/resources%3Ftype%3Dstorage.json",
        Json.object(
            "data",
            Json.array(
                List.of(
                    Json.object(
                        "type", "\"storage\"", "id", Json.text("storage/" + node + "/vms"),
                        "storage", "\"vms\"", "node", Json.text(node),
                        "status", storageActive ? "\"available\"" : "\"unknown\"",
                        "plugintype", "\"zfspool\"", "content", "\"images,rootdir\"", "shared", 0,
                        "disk", (long) (100_000_000_000L * storageUsed),
                        "maxdisk", 100_000_000_000L)))));
  }

  private void write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Path written = path.resolveSibling(path.getFileName() + ".new");
      Files.write(written, bytes);
      Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String file) {
    try {
      Files.deleteIfExists(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (simulator != null) {
      simulator.close();
    }
    if (other != null) {
      other.close();
    }
  }
}
