package io.github.proxmoxzfs.bench;

import static java.util.stream.Collectors.joining;

import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ScenarioNode;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a cluster answers beside its pools: the disks that they stand on, each with its SMART data,
/// a ZFS storage for each pool, replication jobs, versions.
///
/// @param answers by the path below `/api2/json`
/// @param disks how many there are in all
public record Surroundings(Map<String, Answer> answers, int disks) {
  /// What `disks/list` takes: `lsblk`, and one `udevadm` a disk.
  private static final Duration LIST = Duration.ofMillis(100);

  /// What `smartctl` takes on a disk that is awake.
  private static final Duration SMART = Duration.ofMillis(100);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Pattern POOL = Pattern.compile("\"name\":\"([^\"]+)\"");
  private static final Pattern DISK =
      Pattern.compile("\"/dev/disk/by-id/([^\"]+_([^\"_]+))-part\\d+\"");

  public Surroundings {
    answers = Map.copyOf(answers);
  }

  /// Those of a scenario's nodes and pools.
  public static Surroundings of(Scenario scenario) throws IOException, InterruptedException {
    var answers = new LinkedHashMap<String, Answer>();
    var storages = new ArrayList<String>();
    var resources = new ArrayList<String>();
    int disks = 0;
    try (var simulator = Simulator.start(scenario, SimulatorOptions.defaults())) {
      for (ScenarioNode node : scenario.nodes()) {
        String ofNode = "/nodes/" + node.name();
        var rows = new ArrayList<String>();
        var pools = POOL.matcher(ask(simulator, ofNode + "/disks/zfs"));
        while (pools.find()) {
          String pool = pools.group(1);
          addDisks(rows, ask(simulator, ofNode + "/disks/zfs/" + pool));
          String storage = node.name() + "-" + pool;
          storages.add(STORAGE.formatted(storage, pool, node.name()));
          resources.add(RESOURCE.formatted(node.name(), storage, storage, node.name()));
        }
        answers.put(ofNode + "/disks/list", data(rows).delayed(LIST));
        answers.put(ofNode + "/replication", data(List.of()));
        answers.put(ofNode + "/apt/versions", data(VERSIONS));
        disks += rows.size();
      }
    }
    answers.put("/storage", data(storages));
    answers.put("/cluster/resources", data(resources));
    answers.put("/cluster/replication", data(List.of()));
    return new Surroundings(answers, disks);
  }

  private static void addDisks(List<String> rows, String status) {
    var found = DISK.matcher(status);
    while (found.find()) {
      rows.add(ROW.formatted(letters(rows.size()), found.group(1), found.group(2)));
    }
  }

  /// As Linux counts: `a` to `z`, `aa` and so on.
  private static String letters(int index) {
    String last = String.valueOf((char) ('a' + index % 26));
    return index < 26 ? last : letters(index / 26 - 1) + last;
  }

  /// Lets a simulator of the scenario answer so.
  public void play(Simulator simulator) {
    answers.forEach(simulator::answer);
    answers.keySet().stream()
        .filter(path -> path.endsWith("/disks/list"))
        .forEach(
            list ->
                simulator.answer(
                    list.replace("/list", "/smart"),
                    request ->
                        REPORTS
                            .get(Math.floorMod(request.pathWithQuery().hashCode(), REPORTS.size()))
                            .delayed(SMART)));
  }

  private static String ask(Simulator simulator, String path)
      throws IOException, InterruptedException {
    var authorization = Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN);
    var answer = simulator.exchange("GET", "/api2/json" + path, authorization, "", PATIENCE);
    return new String(answer.body(), StandardCharsets.UTF_8).replace("\": ", "\":");
  }

  private static Answer data(List<String> rows) {
    return Answer.json(rows.stream().collect(joining(",", "{\"data\":[", "]}")));
  }

  private static final String ROW =
      """
      {"devpath":"/dev/sd%s","by_id_link":"/dev/disk/by-id/%s","model":"QEMU_HARDDISK","serial":"%s",\
      "vendor":"ATA     ","wwn":"unknown","type":"ssd","rpm":0,"size":1000204886016,"gpt":1,"used":"ZFS",\
      "health":"UNKNOWN","wearout":"N/A","osdid":-1,"osdid-list":null}""";

  private static final String STORAGE =
      """
      {"storage":"%s","pool":"%s","nodes":"%s","type":"zfspool","content":"images,rootdir","sparse":1,\
      "digest":"ac4dc1f240aef487b16837e738a06669de326b27"}""";

  private static final String RESOURCE =
      """
      {"type":"storage","id":"storage/%s/%s","storage":"%s","node":"%s","status":"available",\
      "plugintype":"zfspool","content":"images,rootdir","shared":0,"disk":5123456789,"maxdisk":100861726720}""";

  private static final List<String> VERSIONS =
      List.of(
          "{\"Package\":\"pve-manager\",\"OldVersion\":\"8.4.1\",\"CurrentState\":\"Installed\"}",
          "{\"Package\":\"zfsutils-linux\",\"OldVersion\":\"2.2.7-pve2\",\"CurrentState\":\"Installed\"}");

  /// Recorded ones of an SSD, a rotating disk and an NVMe.
  private static final List<Answer> REPORTS =
      Stream.of("sda", "sdb", "nvme0n1").map(Surroundings::report).toList();

  private static Answer report(String device) {
    String file =
        "/io/github/proxmoxzfs/sim/scenarios/healthy/answers/nodes/pve1/disks/smart%3Fdisk%3D%2Fdev%2F"
            + device
            + ".json";
    try (var in = Scenario.class.getResourceAsStream(file)) {
      return Answer.json(
          new String(
              Objects.requireNonNull(in, file + " is missing").readAllBytes(),
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
