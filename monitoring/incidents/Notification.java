import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What Alertmanager sent to a receiver.
///
/// @param at when it came
/// @param firing whether anything of it still fires
record Notification(String receiver, Instant at, boolean firing, List<Alert> alerts) {
  /// An alert of it.
  record Alert(boolean firing, Map<String, String> labels, String description) {
    String name() {
      return labels.getOrDefault("alertname", "");
    }
  }

  static Notification of(String receiver, String json, Instant at) {
    var members = Json.members(json);
    var alerts =
        Json.elements(members.get("alerts")).stream()
            .map(
                text -> {
                  var alert = Json.members(text);
                  return new Alert(
                      Json.string(alert.get("status")).equals("firing"),
                      Json.strings(alert.get("labels")),
                      Json.strings(alert.get("annotations")).getOrDefault("description", ""));
                })
            .toList();
    return new Notification(receiver, at, Json.string(members.get("status")).equals("firing"), alerts);
  }

  /// Whether it tells that some of it has ended, and some not yet: Alertmanager says so as often as the targets or rules
  /// differ by a moment. It is no second page.
  boolean tellsAnEnd() {
    return !alerts.stream().allMatch(Alert::firing);
  }

  boolean isPage() {
    return receiver.equals("pager");
  }

  /// The cluster that it is about: all its alerts are about one, since they are grouped by it.
  String cluster() {
    return alerts.getFirst().labels().getOrDefault("cluster", "");
  }

  /// The names of its alerts that fire.
  SortedSet<String> names() {
    return alerts.stream().filter(Alert::firing).map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /// All that a reader sees of it.
  String text() {
    return alerts.stream()
        .map(alert -> alert.labels() + " " + alert.description().replaceAll("\\s+", " "))
        .collect(Collectors.joining("; "));
  }
}
