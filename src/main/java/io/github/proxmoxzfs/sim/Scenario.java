package io.github.proxmoxzfs.sim;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A cluster to play: its nodes and the answers that were recorded of it.
///
/// As a folder it is `scenario.yml` and `answers/PATH.json`, the body of the path below
/// `/api2/json`. Path segments and, after `?`, the query are percent-encoded but for letters,
/// digits, `.`, `_` and `-`. `answers/PATH.status`, where it exists, holds a status line (`500
/// zfsutils-linux not installed`) and, on further lines, headers to set; without a body file the
/// body is then the API's own for that error. In bodies `{{ctime -P1DT2H}}` is a moment relative to
/// the simulator's start as `ctime` prints it in the node's zone, `{{epoch -PT5M}}` one relative to
/// its clock in seconds since 1970, `{{localtime}}` what `/nodes/{n}/time` calls so.
public final class Scenario {
  private final String name;
  private final String description;
  private final List<ScenarioNode> nodes;
  private final boolean verbatim;
  private final Function<String, Optional<Answer>> answers;

  Scenario(
      String name,
      String description,
      List<ScenarioNode> nodes,
      boolean verbatim,
      Function<String, Optional<Answer>> answers) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("scenario " + name + " has no nodes");
    }
    this.name = name;
    this.description = description;
    this.nodes = List.copyOf(nodes);
    this.verbatim = verbatim;
    this.answers = answers;
  }

  /// The scenarios that are shipped, each with a line that says what it shows.
  public static Map<String, String> names() {
    return ScenarioFolder.shipped();
  }

  /// A shipped scenario.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Scenario named(String name) {
    if (!names().containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no scenario '" + name + "', only " + String.join(", ", names().keySet()));
    }
    return ScenarioFolder.ofResources(name).scenario();
  }

  /// A scenario in a folder of the file system.
  ///
  /// @throws java.io.UncheckedIOException if it cannot be read
  /// @throws IllegalArgumentException if its `scenario.yml` is not understood
  public static Scenario ofFolder(java.nio.file.Path folder) {
    return ScenarioFolder.ofPath(folder).scenario();
  }

  /// A healthy cluster for figures: nodes `pve01` …, each with pools `tank01` …, all in UTC. Each
  /// pool answers as a recorded mirror of two disks whose scrub has finished; serial numbers
  /// differ. One scenario may be played by many simulators.
  public static Scenario generated(int nodes, int poolsPerNode) {
    return UniformCluster.of(nodes, poolsPerNode);
  }

  /// Begins a scenario of one's own.
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /// The name, of a folder its last part.
  public String name() {
    return name;
  }

  /// What it shows, in one line.
  public String description() {
    return description;
  }

  /// The nodes; the first is the one whose API is spoken to.
  public List<ScenarioNode> nodes() {
    return nodes;
  }

  ScenarioNode localNode() {
    return nodes.getFirst();
  }

  /// Whether answers are sent byte for byte, with their keys in the recorded order.
  boolean verbatim() {
    return verbatim;
  }

  /// The recorded answer of a decoded path below `/api2/json`, with placeholders as they are.
  Optional<Answer> recorded(String pathWithQuery) {
    var exact = answers.apply(pathWithQuery);
    var query = pathWithQuery.indexOf('?');
    return exact.isPresent() || query < 0
        ? exact
        : answers.apply(pathWithQuery.substring(0, query));
  }

  @Override
  public String toString() {
    return name;
  }

  /// Puts a scenario together.
  public static final class Builder {
    private final String name;
    private final List<ScenarioNode> nodes = new ArrayList<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    /// Adds an online node that answers.
    public Builder node(String nodeName, ZoneId zone) {
      return node(ScenarioNode.online(nodeName, zone));
    }

    /// Adds a node.
    public Builder node(ScenarioNode node) {
      nodes.add(node);
      return this;
    }

    /// Adds a recorded `200 OK`.
    ///
    /// @param path the decoded path below `/api2/json`, with a query if it matters
    /// @param json the body, may have placeholders
    public Builder answer(String path, String json) {
      return answer(path, Answer.json(json));
    }

    /// Adds a recorded answer.
    public Builder answer(String path, Answer answer) {
      answers.put(path, answer);
      return this;
    }

    /// The scenario; at least one node is needed.
    public Scenario build() {
      var copy = Map.copyOf(answers);
      return new Scenario(name, name, nodes, false, path -> Optional.ofNullable(copy.get(path)));
    }
  }
}
