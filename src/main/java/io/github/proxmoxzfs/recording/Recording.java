package io.github.proxmoxzfs.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answers of a cluster, written as a scenario that `sim.Scenario` reads, with other names in
/// place of all that could tell whose cluster it is.
public final class Recording {
  private static final Pattern NODE_PATH = Pattern.compile("/nodes/([^/?]+)(/.*)?");
  private static final Pattern POOL_PATH = Pattern.compile("/nodes/[^/]+/disks/zfs/([^?]+)");
  private static final Pattern ZONE = Pattern.compile("\"timezone\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern TIME = Pattern.compile("\"time\"\\s*:\\s*\"?(\\d+)");
  private static final Pattern LOCAL_TIME = Pattern.compile("\"localtime\"\\s*:\\s*\"?(\\d+)");

  /// A text in what is no JSON but looks like it.
  private static final Pattern MEMBER =
      Pattern.compile("\"([A-Za-z_-]+)\"(\\s*:\\s*)\"((?:[^\"\\\\]|\\\\.)*)(\"|$)");

  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  /// What a path was answered with.
  ///
  /// @param status the HTTP status
  private record Recorded(int status, String body) {}

  private final Map<String, Recorded> answers = new TreeMap<>();
  private final Replacements replacements;
  private final Texts texts;

  /// A recording of nothing yet.
  public Recording() {
    this(new SplittableRandom());
  }

  /// @param random what replacements are made of
  Recording(RandomGenerator random) {
    this.replacements = new Replacements(random);
    this.texts = new Texts(replacements);
  }

  /// Takes note of an answer; the last one of a path counts, but a failure never takes the place of
  /// a success.
  ///
  /// @param path the decoded path below `/api2/json`, with its query
  /// @param status the HTTP status
  public synchronized void answered(String path, int status, byte[] body) {
    Recorded before = answers.get(path);
    if (before == null || before.status() != 200 || status == 200) {
      answers.put(path, new Recorded(status, new String(body, StandardCharsets.UTF_8)));
    }
  }

  /// Takes note of a question that was not answered: it is replayed as what pveproxy says of a node
  /// that is silent.
  public synchronized void unanswered(String path) {
    answers.putIfAbsent(path, new Recorded(596, ""));
  }

  /// How many answers there are.
  public synchronized int size() {
    return answers.size();
  }

  /// What stands for what: to be kept by whoever recorded, if at all.
  public synchronized Map<String, String> replacements() {
    return Map.copyOf(replacements.all());
  }

  /// Writes the scenario.
  ///
  /// @param folder where to write; made if it is not there
  /// @param recordedAt when it was recorded: moments are told relative to it
  /// @param firstNode the node whose API was spoken to, if known
  /// @param names further names not to be told: those of the configuration
  /// @param description what it shows, in a line
  /// @throws IOException if a file cannot be written
  public synchronized void write(
      Path folder,
      Instant recordedAt,
      Optional<String> firstNode,
      Collection<String> names,
      String description)
      throws IOException {
    var dates = new Dates(recordedAt);
    Map<String, String> statuses = nodes();
    for (String node : statuses.keySet()) {
      zone(node).ifPresent(zone -> dates.zone(node, zone));
    }
    names.forEach(name -> replacements.name("name", name));
    statuses.keySet().forEach(node -> replacements.name("node", node));
    // First what stands by itself, of which all occurrences in texts are then known.
    for (int pass = 0; pass < 2; pass++) {
      answers.forEach((path, recorded) -> collect(path, recorded, dates));
    }
    var files = new LinkedHashMap<String, String>();
    files.put("scenario.yml", scenario(statuses, firstNode, dates, description));
    answers.forEach((path, recorded) -> files.putAll(files(path, recorded, dates)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      PrivateFiles.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private void collect(String path, Recorded recorded, Dates dates) {
    Matcher pool = POOL_PATH.matcher(path);
    if (pool.matches() && !AnswerRule.isSection(pool.group(1))) {
      var _ = replacements.name("pool", pool.group(1));
    }
    Matcher byId = Pattern.compile("/dev/disk/by-id/([^\"\\\\/ ]+)").matcher(text(recorded));
    while (byId.find()) {
      DevicePaths.serial(byId.group(1)).ifPresent(serial -> collectSerial(serial));
    }
    var _ = rewritten(path, recorded, dates);
  }

  private void collectSerial(String serial) {
    var _ = texts.serial(serial);
  }

  /// The nodes and what the cluster says of them, the first one first.
  private Map<String, String> nodes() {
    var statuses = new TreeMap<String, String>();
    Recorded list = answers.get("/nodes");
    if (list != null) {
      JsonRewriter.rewritten(text(list), new NodeRows(statuses));
    }
    for (String path : answers.keySet()) {
      Matcher node = NODE_PATH.matcher(path);
      if (node.matches()) {
        statuses.putIfAbsent(node.group(1), "online");
      }
    }
    if (statuses.isEmpty()) {
      statuses.put("node", "online"); // a scenario needs one
    }
    return statuses;
  }

  /// Reads rows of `/nodes`; each member in turn, whichever comes first.
  private static final class NodeRows implements JsonRewriter.Rule {
    private final Map<String, String> statuses;
    private String node = "";
    private String status = "";

    NodeRows(Map<String, String> statuses) {
      this.statuses = statuses;
    }

    @Override
    public Optional<String> name(String parent, String name) {
      return Optional.of(name);
    }

    @Override
    public String text(String parent, String name, String text) {
      if (name.equals("node")) {
        node = text;
      } else if (name.equals("status")) {
        status = text;
      }
      if (!node.isEmpty() && !status.isEmpty()) {
        statuses.put(node, status.matches("online|offline|unknown") ? status : "online");
        node = "";
        status = "";
      }
      return text;
    }

    @Override
    public String number(String name, String number) {
      return number;
    }
  }

  /// The zone that a node names and keeps; none where its two times contradict it.
  private Optional<ZoneId> zone(String node) {
    Recorded time = answers.get("/nodes/" + node + "/time");
    if (time == null || time.status() != 200) {
      return Optional.empty();
    }
    Matcher zone = ZONE.matcher(text(time));
    Matcher utc = TIME.matcher(text(time));
    Matcher local = LOCAL_TIME.matcher(text(time));
    if (!zone.find() || !utc.find() || !local.find()) {
      return Optional.empty();
    }
    try {
      ZoneId named = ZoneId.of(zone.group(1).replace("\\/", "/"));
      long seconds = Long.parseLong(utc.group(1));
      int offset = named.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
      return Long.parseLong(local.group(1)) - seconds == offset
          ? Optional.of(named)
          : Optional.empty();
    } catch (DateTimeException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private String scenario(
      Map<String, String> statuses, Optional<String> firstNode, Dates dates, String description) {
    var yaml = new StringBuilder("description: \"" + description + "\"\nnodes:\n");
    List<String> inOrder =
        statuses.keySet().stream()
            .sorted((a, b) -> Boolean.compare(isFirst(firstNode, b), isFirst(firstNode, a)))
            .toList();
    for (String node : inOrder) {
      yaml.append(
          "  \"%s\": {status: %s, zone: %s%s}\n"
              .formatted(
                  renamed(node),
                  statuses.getOrDefault(node, "online"),
                  dates.zone(node),
                  isSilent(node) ? ", behaviour: silent" : ""));
    }
    return yaml.toString();
  }

  private static boolean isFirst(Optional<String> firstNode, String node) {
    return firstNode.filter(node::equals).isPresent();
  }

  private boolean isSilent(String node) {
    String prefix = "/nodes/" + node + "/";
    List<Recorded> ofNode =
        answers.entrySet().stream()
            .filter(answer -> answer.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .toList();
    return !ofNode.isEmpty() && ofNode.stream().allMatch(answer -> answer.status() == 596);
  }

  private String renamed(String name) {
    return replacements.all().getOrDefault(name, name);
  }

  private Map<String, String> files(String path, Recorded recorded, Dates dates) {
    var files = new LinkedHashMap<String, String>();
    Matcher node = NODE_PATH.matcher(path);
    boolean generated = path.endsWith("/time") && node.matches() && zone(node.group(1)).isPresent();
    if (generated) {
      return files; // the simulator makes it of the zone
    }
    String name = "answers" + RecordedPaths.file(renamedPath(path));
    String body = rewritten(path, recorded, dates);
    if (recorded.status() != 200) {
      files.put(name + ".status", recorded.status() + " " + reason(recorded) + "\n");
    }
    if (recorded.status() == 200 || !body.isEmpty()) {
      files.put(name + ".json", body);
    }
    return files;
  }

  private String renamedPath(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    var renamed = new StringBuilder();
    for (String part : plain.substring(1).split("/", -1)) {
      boolean name = part.equals(part.strip()) && replacements.all().containsKey(part);
      boolean isNamePlace = renamed.toString().matches("/nodes|/nodes/[^/]+/disks/zfs");
      renamed.append('/').append(name && isNamePlace ? renamed(part) : part);
    }
    return renamed + (query < 0 ? "" : path.substring(query));
  }

  private String rewritten(String path, Recorded recorded, Dates dates) {
    String text = text(recorded);
    var rule = new AnswerRule(path, texts, dates);
    return JsonRewriter.rewritten(text, rule).orElseGet(() -> renamedInRags(text, rule));
  }

  /// What is no JSON stays as faulty as it is.
  private String renamedInRags(String text, AnswerRule rule) {
    var renamed = new StringBuilder();
    Matcher member = MEMBER.matcher(text);
    int end = 0;
    while (member.find()) {
      renamed.append(texts.free(text.substring(end, member.start())));
      renamed
          .append('"')
          .append(member.group(1))
          .append('"')
          .append(member.group(2))
          .append('"')
          .append(rule.text("", member.group(1), member.group(3)))
          .append(member.group(4));
      end = member.end();
    }
    return renamed.append(texts.free(text.substring(end))).toString();
  }

  /// The reason phrase, which the HTTP client does not tell: mostly it is the message.
  private String reason(Recorded recorded) {
    Matcher message = MESSAGE.matcher(text(recorded));
    if (message.find()) {
      String first = message.group(1).split("\\\\n", 2)[0];
      return texts.free(first.replace("\\\"", "\"").replace("\\\\", "\\"));
    }
    return switch (recorded.status()) {
      case 401 -> "No ticket";
      case 595 -> "Connection refused";
      case 596 -> "Connection timed out";
      default -> "Error";
    };
  }

  private static String text(Recorded recorded) {
    return recorded.body();
  }
}
