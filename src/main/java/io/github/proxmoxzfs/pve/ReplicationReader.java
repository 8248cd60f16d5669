package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Reads the answers of `/cluster/replication` and `/nodes/{node}/replication`.
final class ReplicationReader {
  /// Where a job names no schedule (pve-guest-common `PVE/ReplicationConfig.pm`).
  private static final String DEFAULT_SCHEDULE = "*/15";

  /// What comes after this is no date of this world.
  private static final long LATEST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(10_000_000_000L);

  private ReplicationReader() {}

  /// The jobs that are configured. A row that cannot be one is left out and reported as an oddity.
  static List<ReplicationJob> jobs(JsonValue data, Consumer<String> oddities)
      throws MalformedException {
    var jobs = new ArrayList<ReplicationJob>();
    List<JsonValue> rows = rows(data);
    for (JsonValue row : rows) {
      Optional<ReplicationJob> job =
          row instanceof JsonObject found ? job(found) : Optional.empty();
      job.ifPresentOrElse(
          jobs::add, () -> oddities.accept("The list of replications has a row that is no job."));
    }
    if (jobs.isEmpty() && !rows.isEmpty()) {
      throw new MalformedException("no row is a replication job");
    }
    return List.copyOf(jobs);
  }

  /// What a node says of its jobs, by ID.
  static Map<String, ReplicationJob.Report> reports(JsonValue data) throws MalformedException {
    var reports = new LinkedHashMap<String, ReplicationJob.Report>();
    for (JsonValue row : rows(data)) {
      if (row instanceof JsonObject found) {
        found.get("id").asText().ifPresent(id -> reports.put(id, report(found)));
      }
    }
    return reports;
  }

  private static List<JsonValue> rows(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonArray rows)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of replications");
    }
    return rows.elements();
  }

  private static Optional<ReplicationJob> job(JsonObject row) {
    Optional<String> id = row.get("id").asText().filter(text -> !text.isBlank());
    Optional<String> target = row.get("target").asText();
    if (id.isEmpty() || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReplicationJob(
            id.get(),
            row.get("guest").asText().orElseGet(() -> id.get().split("-", 2)[0]),
            row.get("source").asText().filter(text -> !text.isBlank()),
            target.get(),
            row.get("schedule").asText().orElse(DEFAULT_SCHEDULE),
            !row.get("disable").isTrue(),
            new Reading.Skipped<>()));
  }

  private static ReplicationJob.Report report(JsonObject row) {
    return new ReplicationJob.Report(
        date(row.get("last_sync")),
        date(row.get("last_try")),
        date(row.get("next_sync")),
        duration(row.get("duration")),
        failures(row.get("fail_count")));
  }

  /// 0 and 1 are no dates: never, and as soon as possible.
  private static Optional<Instant> date(JsonValue value) {
    OptionalLong seconds = value.asWholeNumber();
    return seconds.isPresent() && seconds.getAsLong() > 1 && seconds.getAsLong() <= LATEST_SECOND
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
        : Optional.empty();
  }

  private static Optional<Duration> duration(JsonValue value) {
    return value
        .asNumber()
        .filter(seconds -> seconds.signum() >= 0 && seconds.compareTo(LONGEST_SECONDS) < 0)
        .map(seconds -> Duration.ofNanos(seconds.movePointRight(9).longValue()));
  }

  /// None of a job that was never tried.
  private static OptionalLong failures(JsonValue value) {
    OptionalLong count = value.asWholeNumber();
    return count.isPresent() && count.getAsLong() >= 0 ? count : OptionalLong.empty();
  }
}
