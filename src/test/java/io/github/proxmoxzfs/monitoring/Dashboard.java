package io.github.proxmoxzfs.monitoring;

import io.avaje.json.mapper.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Grafana dashboard as it is exported.
record Dashboard(String file, Part whole) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Path FOLDER = Path.of("monitoring/dashboards");

  /// A part of it: a JSON object; what is not there is empty.
  record Part(Map<?, ?> members) {
    @Nullable Object value(String name) {
      return members.get(name);
    }

    String text(String name) {
      return members.get(name) instanceof String text ? text : "";
    }

    Part at(String name) {
      return new Part(members.get(name) instanceof Map<?, ?> map ? map : Map.of());
    }

    List<Part> parts(String name) {
      return members.get(name) instanceof List<?> list
          ? list.stream()
              .filter(Map.class::isInstance)
              .map(element -> new Part((Map<?, ?>) element))
              .toList()
          : List.of();
    }

    @Override
    public String toString() {
      return text("name") + text("title") + text("refId");
    }
  }

  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Dashboard::of).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Dashboard of(Path file) {
    try {
      return new Dashboard(
          file.getFileName().toString(), new Part(MAPPER.fromJsonObject(Files.readString(file))));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The rows and the panels, those of collapsed rows too.
  List<Part> rowsAndPanels() {
    return whole.parts("panels").stream()
        .flatMap(panel -> Stream.concat(Stream.of(panel), panel.parts("panels").stream()))
        .toList();
  }

  List<Part> panels() {
    return rowsAndPanels().stream().filter(panel -> !panel.text("type").equals("row")).toList();
  }

  /// The queries of all panels.
  List<String> expressions() {
    return panels().stream()
        .flatMap(panel -> panel.parts("targets").stream())
        .map(target -> target.text("expr"))
        .toList();
  }

  List<Part> variables() {
    return whole.at("templating").parts("list");
  }

  /// The variables whose values are asked of Prometheus.
  List<Part> queried() {
    return variables().stream().filter(variable -> variable.text("type").equals("query")).toList();
  }

  Part variable(String name) {
    return variables().stream()
        .filter(variable -> variable.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " has no variable " + name));
  }

  @Override
  public String toString() {
    return file;
  }
}
