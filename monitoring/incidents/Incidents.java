import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The incidents, each in a cluster of its own, and what they have in common. All clusters have a node `pve1` and most a pool
/// `tank`: what is told must not be mixed up.
final class Incidents {
  private final Path folder;
  private final InstantSource clock;
  final List<Incident> all = new ArrayList<>();

  Incidents(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    FailedDisks.befall(this);
    FailedPools.befall(this);
    ErrorsAndScans.befall(this);
    SmartWarnings.befall(this);
    NodesAndCluster.befall(this);
    StoragesAndReplication.befall(this);
  }

  private World world(String name) {
    return new World(name, all.size() + 10, folder.resolve(name), clock);
  }

  Incident incident(
      String name, Consumer<World> built, Consumer<World> fault, Consumer<World> repair) {
    World world = world(name);
    built.accept(world);
    var incident = new Incident(name, world, fault, repair);
    all.add(incident);
    return incident;
  }

  static void mirror(World world) {
    world.pool("pve1", "tank", "mirror-0", Disk.Kind.HDD, 2);
  }

  static void raidz1(World world) {
    world.pool("pve1", "tank", "raidz1-0", Disk.Kind.HDD, 3);
  }

  static void raidz2(World world) {
    world.pool("pve1", "tank", "raidz2-0", Disk.Kind.HDD, 5);
  }

  /// The serial number of a disk of the last cluster.
  String serial(int disk) {
    return "S%02dX1%02d".formatted(all.size() + 9, disk);
  }

  /// The failed disk is replaced, and the resilver has ended.
  static void replace(World world, String pool, int index) {
    Disk fresh = world.disk("pve1", Disk.Kind.HDD);
    Vdev parent = world.pool(pool).data.getFirst();
    parent.children.set(index, Vdev.of(fresh));
    world.pool(pool).scan =
        "resilvered 1.20T in 02:10:11 with 0 errors on " + world.ago(Duration.ofMinutes(1));
  }

  static void twoNodes(World world) {
    mirror(world);
    world.pool("pve2", "rpool", "mirror-0", Disk.Kind.SSD, 2);
  }
}
