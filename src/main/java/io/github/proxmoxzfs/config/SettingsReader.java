package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads those keys of a cluster in `config.yml` that need nothing from outside the file.
final class SettingsReader {
  private static final Pattern NODE_PATTERN = Pattern.compile("[A-Za-z0-9.*?-]+");
  private static final String WORKERS = ": a node has 3 API workers, for everybody";
  private static final List<String> COLLECTORS =
      Arrays.stream(Collector.values()).map(Collector::label).toList();

  private final Mistakes mistakes;

  SettingsReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Settings read(Section cluster) {
    Settings defaults = Settings.DEFAULTS;
    return new Settings(
        serverName(cluster),
        cluster.duration("timeout", "100ms", "10m").orElse(defaults.timeout()),
        timezone(cluster),
        nodes(cluster),
        requests(cluster),
        collectors(cluster),
        smart(cluster),
        cluster.duration("forget_after", "1m", "10y").orElse(defaults.forgetAfter()),
        locations(cluster));
  }

  private Optional<String> serverName(Section cluster) {
    Optional<Given> given = cluster.text("server_name");
    return given
        .map(Given::value)
        .filter(
            name -> {
              boolean fits = Endpoints.isHost(name) || Endpoints.isIpv6(name);
              if (!fits) {
                mistakes.add(
                    given.get(), "must be a host name or an address, as a certificate has it");
              }
              return fits;
            });
  }

  private Optional<ZoneId> timezone(Section cluster) {
    Optional<Given> given = cluster.text("timezone");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(given.get().value()));
    } catch (DateTimeException unknown) {
      String hint =
          Spelling.nearest(given.get().value(), ZoneId.getAvailableZoneIds(), 2)
              .map(zone -> "; is " + zone + " meant?")
              .orElse(", such as Europe/Berlin or UTC");
      mistakes.add(given.get(), "must be a time zone" + hint);
      return Optional.empty();
    }
  }

  private NodeFilter nodes(Section cluster) {
    Optional<Section> nodes = cluster.section("nodes", List.of("include", "exclude"));
    return new NodeFilter(
        nodes.flatMap(section -> patterns(section, "include")).orElse(NodeFilter.ALL.include()),
        nodes.flatMap(section -> patterns(section, "exclude")).orElse(NodeFilter.ALL.exclude()));
  }

  private Optional<List<String>> patterns(Section nodes, String key) {
    Optional<List<Given>> given = key.equals("include") ? nodes.texts(key) : nodes.anyTexts(key);
    for (Given pattern : given.orElse(List.of())) {
      if (!NODE_PATTERN.matcher(pattern.value()).matches()) {
        mistakes.add(pattern, "may hold letters, digits, - and . of a node's name, * and ?");
      }
    }
    return given.map(list -> list.stream().map(Given::value).toList());
  }

  private static Requests requests(Section cluster) {
    Requests defaults = Requests.DEFAULTS;
    return cluster
        .section("requests", List.of("per_node", "in_flight", "shared_for"))
        .map(
            requests ->
                new Requests(
                    requests.number("per_node", 1, 2, WORKERS).orElse(defaults.perNode()),
                    requests.number("in_flight", 1, 64, "").orElse(defaults.inFlight()),
                    requests.duration("shared_for", "0s", "1m").orElse(defaults.sharedFor())))
        .orElse(defaults);
  }

  private static Set<Collector> collectors(Section cluster) {
    Set<Collector> on = EnumSet.copyOf(Settings.DEFAULTS.collectors());
    cluster
        .section("collectors", COLLECTORS)
        .ifPresent(
            section -> {
              for (Collector collector : Collector.values()) {
                if (!section.truth(collector.label()).orElse(true)) {
                  on.remove(collector);
                }
              }
            });
    return on;
  }

  private Smart smart(Section cluster) {
    Smart defaults = Smart.DEFAULTS;
    return cluster
        .section("smart", List.of("interval", "rotational"))
        .map(
            smart ->
                new Smart(
                    smart.duration("interval", "1m", "1y").orElse(defaults.interval()),
                    rotational(smart).orElse(defaults.rotational())))
        .orElse(defaults);
  }

  private Optional<Smart.Rotational> rotational(Section smart) {
    Optional<Given> given = smart.text("rotational");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    for (Smart.Rotational rotational : Smart.Rotational.values()) {
      if (rotational.label().equals(given.get().value())) {
        return Optional.of(rotational);
      }
    }
    mistakes.add(given.get(), "must be in_pools, all or none");
    return Optional.empty();
  }

  private static Map<String, String> locations(Section cluster) {
    Map<String, String> locations = new LinkedHashMap<>();
    cluster
        .section("locations", List.of())
        .ifPresent(
            section -> {
              for (String serial : section.keys()) {
                section.text(serial).ifPresent(location -> locations.put(serial, location.value()));
              }
            });
    return locations;
  }
}
