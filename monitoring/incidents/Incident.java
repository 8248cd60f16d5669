import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Something that goes wrong in a cluster of its own, what is to be told of it, and how it is
/// mended.
final class Incident {
  /// How long it is left alone after it was told, to see whether it ends, or more is told of it.
  private Duration leftAlone = Duration.ofMinutes(15);

  private static final Duration TOLD_WITHIN = Duration.ofMinutes(150);
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(240);

  final String name;
  final World world;
  private final Consumer<World> fault;
  private final Consumer<World> repair;
  private boolean page;
  private String alert = "";
  private String[] words = {};
  private SortedSet<String> warnings = new TreeSet<>();
  private boolean slow;
  String ca = "";
  boolean inParts;
  boolean silent;

  private Duration until = Duration.ZERO;
  private Consumer<World> sequel = _ -> {};

  private Instant begun;
  private Instant told;
  private Instant repaired;
  private Instant ended;
  private boolean unfinished;
  final List<Notification> notifications = new ArrayList<>();

  Incident(String name, World world, Consumer<World> fault, Consumer<World> repair) {
    this.name = name;
    this.world = world;
    this.fault = fault;
    this.repair = repair;
  }

  /// It is to be one page.
  ///
  /// @param newWords what the page must name: node, pool, vdev, disk
  Incident page(String newAlert, String... newWords) {
    page = true;
    alert = newAlert;
    words = newWords;
    return this;
  }

  /// It is to be one mail, and no page.
  Incident mail(String newAlert, String... newWords) {
    page(newAlert, newWords);
    page = false;
    warnings.add(newAlert);
    return this;
  }

  /// Warnings that come with it.
  Incident with(String... newWarnings) {
    warnings.addAll(List.of(newWarnings));
    return this;
  }

  /// It ends hours after the repair, since SMART is read so seldom: the short run does not wait for
  /// that.
  Incident slow() {
    slow = true;
    return this;
  }

  Incident leftAloneFor(int minutes) {
    leftAlone = Duration.ofMinutes(minutes);
    return this;
  }

  /// What happens next, so many minutes after the fault.
  Incident then(int minutes, Consumer<World> next) {
    until = Duration.ofMinutes(minutes);
    sequel = next;
    return this;
  }

  /// Something of it does not answer at all, so that answers come too late for a scrape however fast
  /// this machine is.
  Incident silent() {
    silent = true;
    return this;
  }

  /// The nodes are scraped one by one, with an `instance` each.
  Incident inParts() {
    inParts = true;
    return this;
  }

  Incident trusting(String newCa) {
    ca = newCa;
    return this;
  }

  synchronized void notified(Notification notification) {
    notifications.add(notification);
  }

  void begin() {
    begun = world.clock.instant();
    fault.accept(world);
    world.tell();
  }

  private List<Notification> main(boolean firing) {
    return notifications.stream()
        .filter(n -> n.isPage() == page && n.firing() == firing)
        .filter(n -> !page || n.isPage())
        .toList();
  }

  private boolean isTold() {
    return main(true).stream().anyMatch(n -> n.names().contains(alert));
  }

  /// Whether all that was told has ended.
  private boolean isEnded() {
    return isEnded("pager") && isEnded("mail");
  }

  private boolean isEnded(String receiver) {
    var all = notifications.stream().filter(n -> n.receiver().equals(receiver)).toList();
    return all.isEmpty() || !all.getLast().firing();
  }

  /// Goes on to what is next.
  ///
  /// @param hurried whether not to wait for what takes hours
  /// @return whether it is over
  synchronized boolean step(boolean hurried) {
    Instant now = world.clock.instant();
    if (hurried && slow && repaired != null) {
      unfinished = true;
      return true;
    }
    if (!until.isZero() && now.isAfter(begun.plus(until))) {
      until = Duration.ZERO;
      sequel.accept(world);
      world.tell();
    }
    if (told == null) {
      if (isTold()) {
        told = now;
      } else if (now.isAfter(begun.plus(TOLD_WITHIN))) {
        return true;
      }
    } else if (repaired == null) {
      if (now.isAfter(told.plus(leftAlone))) {
        repaired = now;
        repair.accept(world);
        world.tell();
      }
    } else if (ended == null) {
      if (isEnded()) {
        ended = now;
      } else if (now.isAfter(repaired.plus(ENDED_WITHIN))) {
        return true;
      }
    }
    return ended != null;
  }

  /// What is not as it should be; none if all is well.
  synchronized List<String> mistakes() {
    var mistakes = new ArrayList<String>();
    if (told == null) {
      mistakes.add("was not told");
    }
    if (told != null && ended == null && !unfinished) {
      mistakes.add("did not end after the repair");
    }
    Instant mended = repaired == null ? Instant.MAX : repaired;
    var firing = main(true);
    long times = firing.stream().filter(n -> n.at().isBefore(mended) || !n.tellsAnEnd()).count();
    if (times > 1) {
      mistakes.add("was told " + times + " times");
    }
    for (Notification notification : firing) {
      for (String word : words) {
        if (!notification.text().contains(word)) {
          mistakes.add("does not name " + word);
        }
      }
      if (page && !notification.names().equals(new TreeSet<>(List.of(alert)))) {
        mistakes.add("is paged as " + notification.names());
      }
    }
    if (!page && notifications.stream().anyMatch(Notification::isPage)) {
      mistakes.add("is a page, though a warning was expected");
    }
    var mailed = new TreeSet<String>();
    notifications.stream().filter(n -> !n.isPage()).forEach(n -> mailed.addAll(n.names()));
    if (!mailed.equals(warnings)) {
      mistakes.add("mails tell " + mailed + ", expected " + warnings);
    }
    if (notifications.stream().anyMatch(n -> !n.firing() && n.at().isBefore(mended))) {
      mistakes.add("ended before the repair");
    }
    // Alertmanager tells what goes on once more where something else has ended.
    var known = new TreeSet<String>();
    for (Notification notification : notifications) {
      if (notification.at().isBefore(mended)) {
        known.addAll(notification.names());
      } else if (!known.containsAll(notification.names())) {
        mistakes.add("something was told after the repair: " + notification.names());
      }
    }
    return mistakes;
  }

  /// How it went, in a line.
  synchronized String line() {
    String line =
        "%-30s %s %-26s told after %s min".formatted(name, page ? "PAGE" : "mail", alert, minutes(begun, told));
    return ended == null ? line : line + ", ended " + minutes(repaired, ended) + " min after the repair";
  }

  private static String minutes(Instant from, Instant to) {
    return from == null || to == null ? "?" : "%3d".formatted(Duration.between(from, to).toMinutes());
  }
}
