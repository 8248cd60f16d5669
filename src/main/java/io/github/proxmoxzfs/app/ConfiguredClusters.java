package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.web.Configured;
import io.github.proxmoxzfs.web.Target;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The clusters that are configured, each with what asks it, and the change from one configuration
/// to the next: the new one is built whole, then takes the place of the old one. Requests under way
/// end with the clusters that they began with; what no configuration and no request needs any more
/// is closed. What is configured as before goes on as it is, with all it knows.
final class ConfiguredClusters implements Configured.Source, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ConfiguredClusters.class.getName());

  private static final Duration MOST_FOR_THE_FIRST = Duration.ofMillis(9500);

  /// A cluster as it is configured, and what asks it.
  private static final class Service {
    private final ClusterConfiguration configuration;
    private final ClusterScraper scraper;
    private final Target target;
    private int generations;

    Service(ClusterConfiguration configuration, ClusterScraper scraper) {
      this.configuration = configuration;
      this.scraper = scraper;
      this.target =
          new Target(
              configuration.name(),
              configuration.timeout(),
              configuration.nodes(),
              configuration.collectors(),
              new AskedBy(scraper),
              scraper::activity);
    }
  }

  /// The clusters of one configuration.
  private static final class Generation {
    private final Map<String, Service> services;
    private final SortedMap<String, Target> targets = new TreeMap<>();
    private final Instant readAt;

    /// How many need it: the requests under way, and we while it is in force.
    private int users = 1;

    Generation(Map<String, Service> services, Instant readAt) {
      this.services = services;
      this.readAt = readAt;
      services.forEach((name, service) -> targets.put(name, service.target));
      services.values().forEach(service -> service.generations++);
    }
  }

  private final Supplier<ConfigurationResult> reader;
  private final Optional<Path> stateDirectory;
  private final InstantSource clock;
  private final Object reloading = new Object();
  private Generation current;
  private boolean lastReadGood = true;
  private boolean closed;

  /// Clusters as a first configuration has them.
  ///
  /// @param reader reads the configuration again
  /// @param stateDirectory where what is to be remembered is kept across restarts, if anywhere
  /// @param readAt when the first configuration was read
  ConfiguredClusters(
      Configuration first,
      Supplier<ConfigurationResult> reader,
      Optional<Path> stateDirectory,
      InstantSource clock,
      Instant readAt) {
    this.reader = reader;
    this.stateDirectory = stateDirectory;
    this.clock = clock;
    var services = new HashMap<String, Service>();
    try {
      for (ClusterConfiguration cluster : first.clusters()) {
        services.put(cluster.name(), begun(first, cluster));
      }
    } catch (RuntimeException failure) {
      services.values().forEach(service -> service.scraper.close());
      throw failure;
    }
    current = new Generation(services, readAt);
  }

  private Service begun(Configuration configuration, ClusterConfiguration cluster) {
    return new Service(
        cluster,
        ClusterScraper.of(
            cluster,
            fingerprint -> configuration.acceptLine(cluster, fingerprint),
            stateDirectory,
            clock));
  }

  /// Asks each cluster once and shows it to nobody: the first collection is slow, since nothing is
  /// compiled yet, and whatever is wrong is better said in the log now than at the first scrape.
  synchronized void collectOnce() {
    current.services.values().forEach(ConfiguredClusters::collectOnce);
  }

  private static void collectOnce(Service service) {
    // No longer than a scrape's: the requests of a collection hold slots that scrapes need.
    Duration timeout = service.configuration.timeout();
    Duration first = timeout.compareTo(MOST_FOR_THE_FIRST) < 0 ? timeout : MOST_FOR_THE_FIRST;
    Thread.ofVirtual()
        .name("first-collection-" + service.configuration.name())
        .start(() -> service.scraper.collect(Deadline.after(first)));
  }

  @Override
  public synchronized Configured borrow() {
    Generation borrowed = current;
    borrowed.users++;
    return new Loan(this, borrowed, lastReadGood);
  }

  /// A generation on loan.
  private record Loan(ConfiguredClusters owner, Generation generation, boolean lastReadGood)
      implements Configured {
    @Override
    public SortedMap<String, Target> targets() {
      return generation.targets;
    }

    @Override
    public Instant readAt() {
      return generation.readAt;
    }

    @Override
    public void close() {
      owner.release(generation);
    }
  }

  private void release(Generation generation) {
    var unused = new ArrayList<Service>();
    synchronized (this) {
      generation.users--;
      if (generation.users == 0) {
        for (Service service : generation.services.values()) {
          service.generations--;
          if (service.generations == 0) {
            unused.add(service);
          }
        }
      }
    }
    // Beside the lock: the memory may wait for its disk.
    unused.forEach(service -> service.scraper.close());
  }

  @Override
  public List<String> reload() {
    synchronized (reloading) {
      List<String> mistakes =
          switch (reader.get()) {
            case ConfigurationResult.Invalid(var found) ->
                found.stream().map(Object::toString).toList();
            case ConfigurationResult.Valid(Configuration configuration) -> replaceBy(configuration);
          };
      synchronized (this) {
        lastReadGood = mistakes.isEmpty();
      }
      for (String mistake : mistakes) {
        LOG.log(
            Level.ERROR,
            "The configuration is refused; the one before stays in force.",
            "mistake",
            mistake);
      }
      return mistakes;
    }
  }

  private List<String> replaceBy(Configuration configuration) {
    Map<String, Service> before;
    synchronized (this) {
      if (closed) {
        return List.of("the exporter is ending");
      }
      before = current.services;
    }
    var services = new HashMap<String, Service>();
    var made = new ArrayList<Service>();
    try {
      for (ClusterConfiguration cluster : configuration.clusters()) {
        Service old = before.get(cluster.name());
        boolean same = old != null && old.configuration.equals(cluster);
        Service service = same ? old : changed(Optional.ofNullable(old), configuration, cluster);
        services.put(cluster.name(), service);
        if (!same) {
          made.add(service);
        }
      }
    } catch (RuntimeException failure) {
      // Their clients have no connection yet, and those that follow another share its memory.
      LOG.log(Level.ERROR, "The new configuration could not be put in force.", failure);
      return List.of("it could not be put in force; the log says more");
    }
    configuration.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    swap(services, before);
    made.stream()
        .filter(service -> !before.containsKey(service.configuration.name()))
        .forEach(ConfiguredClusters::collectOnce);
    services.values().forEach(service -> service.scraper.tryAgain(Time.system()));
    LOG.log(
        Level.INFO,
        "The configuration was reloaded.",
        "clusters",
        services.size(),
        "changed",
        made.size());
    return List.of();
  }

  private Service changed(
      Optional<Service> old, Configuration configuration, ClusterConfiguration cluster) {
    return old.map(
            service ->
                new Service(
                    cluster,
                    service.scraper.successor(
                        cluster, fingerprint -> configuration.acceptLine(cluster, fingerprint))))
        .orElseGet(() -> begun(configuration, cluster));
  }

  private void swap(Map<String, Service> services, Map<String, Service> before) {
    Generation old;
    synchronized (this) {
      services.forEach(
          (name, service) ->
              Optional.ofNullable(before.get(name))
                  .filter(predecessor -> predecessor != service)
                  .ifPresent(predecessor -> service.scraper.goOnAfter(predecessor.scraper)));
      old = current;
      current = new Generation(services, clock.instant());
    }
    release(old);
  }

  /// Closes all, whoever still asks.
  @Override
  public void close() {
    List<Service> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(current.services.values());
    }
    all.forEach(service -> service.scraper.close());
  }
}
