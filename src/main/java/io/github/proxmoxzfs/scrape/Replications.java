package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The replication jobs of a cluster and what their sources say of them: the sources one after the
/// other, since each takes the cluster's replication lock for its answer.
///
/// @param jobs the jobs, each with what its source says of it
/// @param byNode how many jobs each node told of, or why it did not
/// @param durations how long each node took
record Replications(
    List<ReplicationJob> jobs,
    Map<String, Reading<Integer>> byNode,
    Map<String, Duration> durations) {
  Replications {
    jobs = List.copyOf(jobs);
    byNode = Map.copyOf(byNode);
    durations = Map.copyOf(durations);
  }

  /// Asks for the jobs, and then the nodes that have some.
  ///
  /// @param asked the nodes that may be asked
  static Reading<Replications> ask(
      ProxmoxClient client, Collection<NodeEntry> asked, Background background, Deadline deadline) {
    return client
        .replicationJobs(deadline)
        .then(
            ok ->
                new Reading.Ok<>(
                    reported(client, ok.value(), asked, background, deadline.time()), ok.readAt()));
  }

  private static Replications reported(
      ProxmoxClient client,
      List<ReplicationJob> jobs,
      Collection<NodeEntry> asked,
      Background background,
      Time time) {
    var reports = new TreeMap<String, Reading<Map<String, ReplicationJob.Report>>>();
    var durations = new HashMap<String, Duration>();
    for (String node : sources(jobs, asked)) {
      if (background.isClosed()) {
        break;
      }
      long begun = time.nanos();
      reports.put(node, reports(client, node, time));
      durations.put(node, Duration.ofNanos(time.nanos() - begun));
    }
    var byNode = new HashMap<String, Reading<Integer>>();
    reports.forEach(
        (node, reading) ->
            byNode.put(node, reading.then(ok -> new Reading.Ok<>(ok.value().size(), ok.readAt()))));
    return new Replications(
        jobs.stream().map(job -> job.withReport(report(job, reports))).toList(), byNode, durations);
  }

  /// A node whose requests hang is spared: what we give up on there it would do later for nobody.
  private static Reading<Map<String, ReplicationJob.Report>> reports(
      ProxmoxClient client, String node, Time time) {
    return client.responsiveness(node).unresponsiveSince().isPresent()
        ? new Reading.Failed<>(FailureReason.STUCK, "The node does not answer zfs requests.")
        : client.replicationReports(node, Deadline.after(KeptReading.PATIENCE, time));
  }

  /// The nodes that have jobs. A job need not name its source: then it may be any node.
  private static Set<String> sources(List<ReplicationJob> jobs, Collection<NodeEntry> asked) {
    var sources = new TreeSet<String>();
    for (NodeEntry node : asked) {
      boolean isSource =
          jobs.stream().anyMatch(job -> job.source().map(node.name()::equals).orElse(true));
      if (isSource && node.status() != NodeEntry.Status.OFFLINE) {
        sources.add(node.name());
      }
    }
    return sources;
  }

  /// What is said of a job: by whichever node says something, since a guest may just have moved;
  /// else why its source says nothing. Nobody reports a job whose source answered without it, or is
  /// not there to answer.
  private static Reading<ReplicationJob.Report> report(
      ReplicationJob job, Map<String, Reading<Map<String, ReplicationJob.Report>>> reports) {
    for (var reading : reports.values()) {
      if (reading
          instanceof
          Reading.Ok<Map<String, ReplicationJob.Report>>(
              Map<String, ReplicationJob.Report> told,
              var readAt)) {
        ReplicationJob.Report found = told.get(job.id());
        if (found != null) {
          return new Reading.Ok<>(found, readAt);
        }
      }
    }
    return reports.entrySet().stream()
        .filter(entry -> job.source().map(entry.getKey()::equals).orElse(true))
        .map(Map.Entry::getValue)
        .filter(reading -> reading instanceof Reading.Failed)
        .findFirst()
        .<Reading<ReplicationJob.Report>>map(
            reading ->
                new Reading.Failed<>(
                    reading.failure().orElse(FailureReason.INTERNAL), "its source did not answer"))
        .orElseGet(Reading.Skipped::new);
  }
}
