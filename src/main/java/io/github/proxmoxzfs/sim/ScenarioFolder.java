package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a scenario's folder, on disk or in the jar (whose folders cannot be listed, so each file
/// is looked up by its name when it is needed).
///
/// @param name the scenario's name
/// @param files the contents by relative name
record ScenarioFolder(String name, Function<String, Optional<byte[]>> files) {
  private static final String SHIPPED = "scenarios/";

  static ScenarioFolder ofPath(Path folder) {
    return new ScenarioFolder(
        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
        file -> read(folder.resolve(file)));
  }

  static ScenarioFolder ofResources(String name) {
    return new ScenarioFolder(name, file -> resource(SHIPPED + name + "/" + file));
  }

  static Map<String, String> shipped() {
    var index = mapping(text(resource(SHIPPED + "index.yml").orElseThrow()));
    var names = new LinkedHashMap<String, String>();
    index.forEach((name, description) -> names.put(name, String.valueOf(description)));
    return names;
  }

  Scenario scenario() {
    var file =
        files
            .apply("scenario.yml")
            .orElseThrow(
                () -> new IllegalArgumentException("scenario " + name + ": no scenario.yml"));
    var description = mapping(text(file));
    var nodes = new ArrayList<ScenarioNode>();
    mapping(description.get("nodes")).forEach((node, keys) -> nodes.add(node(node, mapping(keys))));
    return new Scenario(
        name,
        String.valueOf(description.getOrDefault("description", name)),
        nodes,
        Boolean.TRUE.equals(description.get("verbatim")),
        this::answer);
  }

  /// The relative name, without suffix, of the file for a decoded path below `/api2/json`.
  static String fileOf(String pathWithQuery) {
    var query = pathWithQuery.indexOf('?');
    var path = query < 0 ? pathWithQuery : pathWithQuery.substring(0, query);
    var encoded =
        Stream.of(path.substring(1).split("/", -1))
            .map(ScenarioFolder::encode)
            .collect(Collectors.joining("/", "answers/", ""));
    return query < 0 ? encoded : encoded + encode(pathWithQuery.substring(query));
  }

  private static String encode(String segment) {
    if (segment.isEmpty() || segment.chars().allMatch(c -> c == '.')) {
      return segment.isEmpty() ? "%" : segment.replace(".", "%2E");
    }
    var encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && (Character.isLetterOrDigit(b) || "._-".indexOf(b) >= 0)) {
        encoded.append((char) b);
      } else {
        encoded.append("%%%02X".formatted(b));
      }
    }
    return encoded.toString();
  }

  private Optional<Answer> answer(String pathWithQuery) {
    var file = fileOf(pathWithQuery);
    var body = files.apply(file + ".json");
    var status = files.apply(file + ".status");
    if (status.isEmpty()) {
      return body.map(Answer::json);
    }
    var lines = text(status.get()).lines().toList();
    var code = Integer.parseInt(lines.getFirst().substring(0, 3));
    var reason = lines.getFirst().substring(3).strip();
    var answer =
        body.map(b -> b.length == 0 ? Answer.empty(code, reason) : Answer.json(b))
            .map(a -> a.withStatus(code, reason))
            .orElseGet(() -> Answer.error(code, reason));
    for (String header : lines.subList(1, lines.size())) {
      var colon = header.indexOf(':');
      answer = answer.withHeader(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return Optional.of(answer);
  }

  private static ScenarioNode node(String name, Map<String, Object> keys) {
    try {
      var status = ScenarioNode.Status.valueOf(constant(keys.getOrDefault("status", "online")));
      var zone = ZoneId.of(String.valueOf(keys.getOrDefault("zone", "Etc/UTC")));
      var behaviour = status == ScenarioNode.Status.OFFLINE ? "no_route" : "answers";
      return new ScenarioNode(
          name,
          status,
          zone,
          ScenarioNode.Behaviour.valueOf(constant(keys.getOrDefault("behaviour", behaviour))));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("node " + name + ": " + e.getMessage(), e);
    }
  }

  private static String constant(Object word) {
    return String.valueOf(word).toUpperCase(Locale.ROOT);
  }

  private static Map<String, Object> mapping(String yaml) {
    try {
      return mapping(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Map<String, Object> mapping(@org.jspecify.annotations.Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("a mapping is needed in place of " + value);
    }
    var mapping = new LinkedHashMap<String, Object>();
    map.forEach((key, member) -> mapping.put(String.valueOf(key), member));
    return mapping;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<byte[]> resource(String name) {
    try (var in = ScenarioFolder.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The files of a folder are too many to show.
  @Override
  public String toString() {
    return name;
  }
}
