package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.ZfsStorage;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Failures;
import io.github.proxmoxzfs.status.PoolSpace;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Tone;
import java.util.List;

/// What belongs to the cluster: storages and replication, where there are any.
final class ClusterTables {
  private final ClusterStatus status;
  private final Moments moments;
  private final Html html;

  ClusterTables(ClusterStatus status, Moments moments, Html html) {
    this.status = status;
    this.moments = moments;
    this.html = html;
  }

  void show() {
    List<ReplicationJob> jobs = status.replication();
    if (!jobs.isEmpty()) {
      html.open("section", "aria-labelledby", "replication");
      html.element("h2", "Replication", "id", "replication");
      Tables.begin(
          html,
          "replication",
          "Replication jobs",
          List.of("Job", "Guest", "From", "To", "State", "Last synced", "Next"));
      jobs.forEach(this::row);
      Tables.end(html);
      readAt(status.snapshot().surroundings().replication());
      html.close();
    }
    List<ZfsStorage> storages = status.storages();
    if (!storages.isEmpty()) {
      html.open("section", "aria-labelledby", "storages");
      html.element("h2", "Storages", "id", "storages");
      Tables.begin(
          html,
          "storages",
          "Storages on ZFS",
          List.of("Node", "Storage", "Dataset", "State", "Space"));
      storages.forEach(this::row);
      Tables.end(html);
      readAt(status.snapshot().surroundings().storages());
      html.close();
    }
  }

  private void readAt(Reading<?> reading) {
    html.open("p", "class", "about");
    moments.read(html, reading);
    html.close();
  }

  private void row(ReplicationJob job) {
    html.open("tr").element("th", job.id(), "scope", "row", "class", "name");
    html.element("td", job.guest()).element("td", job.source().orElse("not known"));
    html.element("td", job.target());
    if (!job.enabled()) {
      html.open("td").toned(Tone.FAINT, "switched off").close();
      html.element("td", "").element("td", "").close();
      return;
    }
    switch (job.report()) {
      case Reading.Ok<ReplicationJob.Report>(ReplicationJob.Report report, _) -> {
        long failed = report.failedSyncs().orElse(0);
        html.open("td");
        if (failed > 0) {
          html.toned(Tone.CRITICAL, "failed " + failed + (failed == 1 ? " time" : " times"));
        } else if (report.lastSync().isPresent()) {
          html.toned(Tone.GOOD, "works");
        } else {
          html.toned(Tone.FAINT, "not run yet");
        }
        html.close().open("td");
        report.lastSync().ifPresentOrElse(at -> moments.ago(html, at), () -> html.text("never"));
        html.close().open("td");
        report.nextSync().ifPresent(at -> moments.ago(html, at));
        html.close();
      }
      case Reading.Failed<ReplicationJob.Report>(FailureReason reason, String detail) ->
          notKnown(Failures.shown(reason, detail));
      case Reading.Skipped<ReplicationJob.Report> _ -> notKnown("no node reports it");
    }
    html.close();
  }

  private void notKnown(String why) {
    html.open("td").toned(Tone.WARNING, why).close().element("td", "").element("td", "");
  }

  private void row(ZfsStorage storage) {
    html.open("tr").element("td", storage.node());
    html.element("th", storage.storage(), "scope", "row", "class", "name");
    html.element("td", storage.dataset()).open("td");
    switch (storage.activity()) {
      case ACTIVE -> html.toned(Tone.GOOD, "active");
      case INACTIVE -> html.toned(Tone.WARNING, "not active");
      case UNKNOWN -> html.toned(Tone.FAINT, "not looked at yet");
    }
    html.close().open("td", "class", "space");
    storage
        .space()
        .filter(space -> space.sizeBytes() > 0)
        .ifPresent(
            space -> {
              double ratio = (double) space.usedBytes() / space.sizeBytes();
              html.bar(PoolSpace.tone(ratio), ratio)
                  .element("strong", Quantities.percent(ratio))
                  .text(
                      " used of "
                          + Quantities.bytes(space.sizeBytes())
                          + ", "
                          + Quantities.bytes(space.availableBytes())
                          + " free");
            });
    html.close().close();
  }
}
