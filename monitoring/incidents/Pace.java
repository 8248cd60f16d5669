import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Whether this machine keeps pace with the clock: where a scrape, an answer or a rule takes longer than the minutes that
/// it is given, the watchers see what no real cluster shows, and what they tell proves nothing.
final class Pace {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// The first scrapes are slow.
  private static final Duration SETTLING = Duration.ofSeconds(4);

  private final int prometheus;
  private final int exporter;
  private final String silent;
  private final Duration minute;
  private final Instant begun = Instant.now().plus(SETTLING);
  private Instant seen = Instant.now();
  private Duration longest = Duration.ZERO;

  /// @param prometheus the port of the Prometheus that watches
  /// @param exporter the port of an exporter that lives all the time
  /// @param minute how long a minute of the clock takes
  Pace(int prometheus, int exporter, Duration minute, List<Incident> incidents) {
    this.prometheus = prometheus;
    this.exporter = exporter;
    this.minute = minute;
    this.silent =
        incidents.stream().filter(incident -> incident.silent).map(incident -> incident.name).collect(Collectors.joining("|"));
  }

  /// Waits a little, and notes how long that really took.
  void beat() throws InterruptedException {
    Thread.sleep(200);
    Instant now = Instant.now();
    Duration took = Duration.between(seen, now);
    longest = took.compareTo(longest) > 0 ? took : longest;
    seen = now;
  }

  /// What took too long until now; none if all is well.
  List<String> lags() {
    String since = "[" + Math.max(1, Duration.between(begun, Instant.now()).toSeconds()) + "s]";
    String scrapes = "up{instance=\"127.0.0.1:" + exporter + "\"}" + since;
    var lags = new ArrayList<String>();
    if (longest.compareTo(minute) > 0) {
      lags.add("all stood still, for a minute or longer");
    }
    note(lags, "scrapes that came too late", "sum(count_over_time(" + scrapes + ") - sum_over_time(" + scrapes + "))");
    note(
        lags,
        "sources that did not answer in time",
        "sum(count_over_time(proxmox_zfs_exporter_failure{reason=\"timed_out\",instance=~\"127.0.0.1:.*\",cluster!~\""
            + silent
            + "\"}"
            + since
            + "))");
    note(lags, "evaluations of rules that were left out", "sum(delta(prometheus_rule_group_iterations_missed_total" + since + "))");
    // Its node is spared for ten minutes then, by a time that is not accelerated: for most of the incidents.
    note(
        lags,
        "questions for SMART that a fault cut off",
        "count(count_over_time(proxmox_zfs_exporter_failure{collector=\"smart\",reason=\"stuck\",cluster!~\".*-(hangs|hung)\"}"
            + since
            + "))");
    note(
        lags,
        "targets whose scrape took a minute or longer",
        "count(max_over_time(scrape_duration_seconds{cluster!~\"" + silent + "\"}" + since + ") > " + minute.toMillis() / 1000.0 + ")");
    note(
        lags,
        "groups of rules whose evaluation took half a minute or longer",
        "count(max_over_time(prometheus_rule_group_last_duration_seconds" + since + ") > " + minute.toMillis() / 2000.0 + ")");
    return lags;
  }

  private void note(List<String> lags, String what, String query) {
    try {
      double count = ask(query);
      if (count > 0) {
        lags.add(what + ": " + Math.round(count));
      }
    } catch (IOException e) {
      lags.add(what + ": Prometheus does not say in time");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private double ask(String query) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + prometheus
                        + "/api/v1/query?query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .timeout(Duration.ofSeconds(30))
            .build();
    String body = HTTP.send(request, BodyHandlers.ofString()).body();
    var result = Json.elements(Json.members(Json.members(body).get("data")).get("result"));
    return result.isEmpty()
        ? 0
        : Double.parseDouble(Json.string(Json.elements(Json.members(result.getFirst()).get("value")).get(1)));
  }
}
