package io.github.proxmoxzfs.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The story of a disk that fails, as the scenario `healthy` goes on: pool `tank` of node `pve1`
/// has a hot spare here. Each method is a chapter and changes what a simulator answers from then
/// on. Texts are as ZFS and smartctl print them.
public final class FailingDisk {
  /// The scenario that it is played on.
  public static final String SCENARIO = "healthy";

  /// The node.
  public static final String NODE = "pve1";

  /// The pool.
  public static final String POOL = "tank";

  /// The model of the disks.
  public static final String MODEL = "WDC_WD80EFZZ-68BTXN0";

  /// The serial number of the disk that fails.
  public static final String FAILING = "VR0A03KK";

  /// That of the hot spare.
  public static final String SPARE = "VR0A09KK";

  /// That of the disk that takes its place.
  public static final String FRESH = "VR0A10KK";

  private static final String LIST = "/nodes/" + NODE + "/disks/list";
  private static final String POOLS = "/nodes/" + NODE + "/disks/zfs";
  private static final String STATUS = POOLS + "/" + POOL;
  private static final String SMART = "/nodes/" + NODE + "/disks/smart?disk=";

  private static final Pattern ROW = Pattern.compile("\\{[^{}]*\"serial\": \"VR0A06KK\"[^{}]*\\}");
  private static final Pattern LEAF =
      Pattern.compile("\\{\\s*\"name\": \"[^\"]*" + FAILING + "-part1\"[^{}]*\\}");
  private static final Pattern SCAN = Pattern.compile("\"scan\": \"[^\"]*\"");
  private static final Pattern END_OF_VDEVS = Pattern.compile("\\]\\s*,\\s*\"errors\"");

  private final Simulator simulator;
  private final InstantSource clock;
  private final Instant began;
  private final Scenario scenario = Scenario.named(SCENARIO);

  /// Begins with a disk that is well.
  ///
  /// @param simulator plays [#SCENARIO]
  /// @param clock the simulator's clock
  public FailingDisk(Simulator simulator, InstantSource clock) {
    this.simulator = simulator;
    this.clock = clock;
    this.began = clock.instant();
    disks(List.of(new Row("sde", FAILING), new Row("sdi", SPARE)));
    simulator.answer(SMART + "/dev/sdi", Answer.json(recorded(SMART + "/dev/sdh")));
    status(leaf(FAILING, "ONLINE", 0, 0, ""), "AVAIL", "ONLINE", Optional.empty());
  }

  /// A disk that is listed beside those of the recording.
  private record Row(String device, String serial) {}

  /// The disk returns data whose checksums are wrong; ZFS repairs it from the others.
  ///
  /// @param errors how many it has counted so far
  public void returnsWrongData(int errors) {
    status(leaf(FAILING, "ONLINE", 0, errors, ""), "AVAIL", "ONLINE", Optional.empty());
  }

  /// SMART says that it is about to fail.
  public void predictsItsFailure() {
    simulator.answer(
        SMART + "/dev/sde",
        Answer.json(
            recorded(SMART + "/dev/sde")
                .replace("PASSED", "FAILED!")
                .replaceFirst("(\"name\": \"Reallocated_Sector_Ct\"[^{}]*\"raw\": \")0", "$11896")
                .replaceFirst("(\"name\": \"Current_Pending_Sector\"[^{}]*\"raw\": \")0", "$124")));
  }

  /// ZFS gives it up, and the hot spare begins to stand in.
  public void isFaulted() {
    Instant since = clock.instant();
    String spare =
        group(
            "spare-2",
            leaf(FAILING, "FAULTED", 142, 12, "too many errors"),
            leaf(SPARE, "ONLINE", 0, 0, "(resilvering)"));
    resilver(spare, "INUSE", "DEGRADED", since);
  }

  /// The spare holds all that the disk held.
  public void spareIsResilvered() {
    String spare =
        group(
            "spare-2",
            leaf(FAILING, "FAULTED", 142, 12, "too many errors"),
            leaf(SPARE, "ONLINE", 0, 0, ""));
    status(spare, "INUSE", "DEGRADED", Optional.of(resilvered()));
  }

  /// The disk has been pulled out, another one put into its bay, and `zpool replace` was called.
  public void isReplaced() {
    disks(List.of(new Row("sde", FRESH), new Row("sdi", SPARE)));
    simulator.restore(SMART + "/dev/sde");
    String replacing =
        group(
            "spare-2",
            group(
                "replacing-0",
                leaf(FAILING, "FAULTED", 142, 12, "too many errors"),
                leaf(FRESH, "ONLINE", 0, 0, "(resilvering)")),
            leaf(SPARE, "ONLINE", 0, 0, ""));
    resilver(replacing, "INUSE", "DEGRADED", clock.instant());
  }

  /// The new disk holds everything, and the spare is free again.
  public void isMended() {
    status(leaf(FRESH, "ONLINE", 0, 0, ""), "AVAIL", "ONLINE", Optional.of(resilvered()));
  }

  private void resilver(String vdev, String spare, String state, Instant since) {
    simulator.answer(
        STATUS, _ -> Answer.json(pool(vdev, spare, state, Optional.of(progress(since)))));
    health(state);
  }

  private void status(String vdev, String spare, String state, Optional<String> scan) {
    simulator.answer(STATUS, Answer.json(pool(vdev, spare, state, scan)));
    health(state);
  }

  /// The pool's row: the second of two.
  private void health(String state) {
    String rows = recorded(POOLS);
    int last = rows.lastIndexOf("\"ONLINE\"");
    simulator.answer(
        POOLS,
        Answer.json(rows.substring(0, last) + JsonText.quote(state) + rows.substring(last + 8)));
  }

  private String pool(String vdev, String spare, String state, Optional<String> scan) {
    String recorded = recorded(STATUS);
    String replaced = LEAF.matcher(recorded).replaceFirst(Matcher.quoteReplacement(vdev));
    String spares =
        ",{\"name\":\"spares\",\"leaf\":0,\"msg\":\"\",\"children\":["
            + leaf(SPARE, spare, 0, 0, "")
            + "]}";
    String all =
        END_OF_VDEVS
            .matcher(replaced)
            .replaceFirst(match -> Matcher.quoteReplacement(spares + match.group()));
    String said =
        scan.map(JsonText::quote)
            .map(
                text ->
                    SCAN.matcher(all).replaceFirst(Matcher.quoteReplacement("\"scan\":" + text)))
            .orElse(all);
    if (state.equals("ONLINE")) {
      return said;
    }
    return said.replaceAll(
            "(\"name\": \"(?:" + POOL + "|raidz2-0)\",\\s*\"state\": )\"ONLINE\"",
            "$1" + JsonText.quote(state))
        .replaceFirst(
            "\"scan\"", Matcher.quoteReplacement("\"status\":" + complaint(scan) + ",\"scan\""));
  }

  /// As `zpool status` words it; a resilver comes before what ails the disk.
  private static String complaint(Optional<String> scan) {
    return JsonText.quote(
        scan.filter(text -> text.startsWith("resilver in progress")).isPresent()
            ? "One or more devices is currently being resilvered.  The pool will continue to"
                + " function, possibly in a degraded state."
            : "One or more devices are faulted in response to persistent errors. Sufficient"
                + " replicas exist for the pool to continue functioning in a degraded state.");
  }

  /// A resilver that takes an hour.
  private String progress(Instant since) {
    double done = Math.min(0.99, Duration.between(since, clock.instant()).toSeconds() / 3600.0);
    return ("resilver in progress since %s 19.4T / 19.4T scanned, %.2fT / 19.4T issued at 4.98G/s"
            + " %.2fT resilvered, %.2f%% done, 00:%02d:00 to go")
        .formatted(moment(since), 19.4 * done, 3.1 * done, 100 * done, Math.round(60 * (1 - done)));
  }

  private String resilvered() {
    return "resilvered 3.10T in 01:00:12 with 0 errors on " + moment(clock.instant());
  }

  /// A date in the node's zone: see [Scenario].
  private String moment(Instant moment) {
    return "{{ctime " + Duration.between(began, moment) + "}}";
  }

  private static String leaf(String serial, String state, int written, int wrong, String note) {
    return ("{\"name\":\"/dev/disk/by-id/ata-%s_%s-part1\",\"state\":\"%s\",\"read\":0,\"write\":%d,"
            + "\"cksum\":%d,\"msg\":\"%s\",\"leaf\":1}")
        .formatted(MODEL, serial, state, written, wrong, note);
  }

  private static String group(String name, String... children) {
    return ("{\"name\":\"%s\",\"state\":\"DEGRADED\",\"read\":0,\"write\":0,\"cksum\":0,\"msg\":\"\","
            + "\"leaf\":0,\"children\":[%s]}")
        .formatted(name, String.join(",", children));
  }

  /// The recorded list with the disks of this story, made from the row of another disk.
  private void disks(List<Row> rows) {
    String list = recorded(LIST);
    Matcher matcher = ROW.matcher(list);
    if (!matcher.find()) {
      throw new IllegalStateException("the recording lacks a disk");
    }
    String other = matcher.group();
    var all =
        new StringBuilder(
            list.replaceFirst(",\\s*\\{[^{}]*\"serial\": \"" + FAILING + "\"[^{}]*\\}", ""));
    for (Row row : rows) {
      String added =
          other
              .replace("/dev/sdh", "/dev/" + row.device())
              .replace("VR0A06KK", row.serial())
              .replaceFirst("\"wwn\": \"[^\"]*\"", "\"wwn\": \"0x5001" + hash(row.serial()) + "\"");
      all.insert(all.lastIndexOf("]"), "," + added);
    }
    simulator.answer(LIST, Answer.json(all.toString()));
  }

  private static String hash(String serial) {
    return "%012x".formatted(serial.hashCode() & 0xffff_ffffL);
  }

  private String recorded(String path) {
    return scenario
        .recorded(path)
        .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
        .orElseThrow(() -> new IllegalStateException("the recording lacks " + path));
  }
}
