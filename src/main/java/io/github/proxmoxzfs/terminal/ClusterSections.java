package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.ZfsStorage;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Failures;
import io.github.proxmoxzfs.status.PoolSpace;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Tone;
import java.time.Instant;
import java.util.List;

/// What is shown of a cluster beside its nodes.
final class ClusterSections {
  private static final int INDENT = 2;
  private static final int NAME = 22;

  private ClusterSections() {}

  /// Storages and replication, where there are any.
  static void show(ClusterStatus status, Page page) {
    List<ZfsStorage> storages = status.storages();
    if (!storages.isEmpty()) {
      page.gap();
      page.line().add(Tone.STRONG, "storages");
      storages.forEach(storage -> show(storage, page));
    }
    List<ReplicationJob> jobs = status.replication();
    if (!jobs.isEmpty()) {
      page.gap();
      page.line().add(Tone.STRONG, "replication");
      jobs.forEach(job -> show(job, status.snapshot().collectedAt(), page));
    }
  }

  private static void show(ZfsStorage storage, Page page) {
    Line line = page.line().to(INDENT).add(storage.node() + "/" + storage.storage());
    line.to(INDENT + NAME);
    switch (storage.activity()) {
      case ACTIVE -> {}
      case INACTIVE -> line.add(Tone.WARNING, "not active  ");
      case UNKNOWN -> line.add(Tone.FAINT, "not looked at yet  ");
    }
    storage
        .space()
        .filter(space -> space.sizeBytes() > 0)
        .ifPresent(
            space -> {
              double ratio = (double) space.usedBytes() / space.sizeBytes();
              Tone tone = PoolSpace.tone(ratio);
              Bar.draw(line, ratio, 20, tone, page.appearance().unicode());
              line.add(
                  " "
                      + Quantities.percent(ratio)
                      + " of "
                      + Quantities.bytes(space.sizeBytes())
                      + ", "
                      + Quantities.bytes(space.availableBytes())
                      + " free");
            });
  }

  private static void show(ReplicationJob job, Instant now, Page page) {
    Line line =
        page.line()
            .to(INDENT)
            .add(job.id() + " " + job.source().orElse("?") + " > " + job.target())
            .to(INDENT + NAME);
    if (!job.enabled()) {
      line.add(Tone.FAINT, "switched off");
      return;
    }
    switch (job.report()) {
      case Reading.Ok<ReplicationJob.Report>(ReplicationJob.Report report, _) -> {
        long failed = report.failedSyncs().orElse(0);
        Tone tone = report.lastSync().isPresent() ? Tone.GOOD : Tone.FAINT;
        line.add(
            failed > 0 ? Tone.CRITICAL : tone,
            report
                .lastSync()
                .map(at -> "synced " + Quantities.ago(at, now))
                .orElse("never synced"));
        if (failed > 0) {
          line.add(", failed " + failed + (failed == 1 ? " time" : " times") + " since");
        }
      }
      case Reading.Failed<ReplicationJob.Report>(var reason, String detail) ->
          line.add(Tone.WARNING, Failures.shown(reason, detail));
      case Reading.Skipped<ReplicationJob.Report> _ -> line.add(Tone.WARNING, "no node reports it");
    }
  }

  /// The same as JSON.
  static void write(ClusterStatus status, JsonLine json) {
    json.objects(
        "storages",
        status.storages(),
        storage -> {
          json.add("node", storage.node())
              .add("storage", storage.storage())
              .add("dataset", storage.dataset());
          switch (storage.activity()) {
            case ACTIVE -> json.add("active", true);
            case INACTIVE -> json.add("active", false);
            case UNKNOWN -> {}
          }
          storage
              .space()
              .ifPresent(
                  space ->
                      json.add("size_bytes", space.sizeBytes())
                          .add("used_bytes", space.usedBytes()));
        });
    json.objects(
        "replication",
        status.replication(),
        job -> {
          json.add("id", job.id())
              .add("guest", job.guest())
              .text("source", job.source())
              .add("target", job.target())
              .add("enabled", job.enabled());
          job.report()
              .asOptional()
              .ifPresent(
                  report -> {
                    report.lastSync().ifPresent(at -> json.add("last_sync", at));
                    json.add("failed_syncs", report.failedSyncs());
                  });
        });
  }
}
