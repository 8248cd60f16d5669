package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.Collector;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RegexTransformer;

/// `--collector.NAME` and `--no-collector.NAME` for each collector, as node_exporter has them.
final class CollectorOptions {
  private CollectorOptions() {}

  static void addTo(CommandSpec command) {
    // picocli's own pattern knows no dots in the names of options.
    command.negatableOptionTransformer(
        new RegexTransformer.Builder()
            .addPattern("^--no-(collector\\..*)$", "--$1", "--[no-]$1")
            .addPattern("^--(collector\\..*)$", "--no-$1", "--[no-]$1")
            .build());
    for (Collector collector : Collector.values()) {
      command.addOption(
          OptionSpec.builder(name(collector))
              .negatable(true)
              .arity("0")
              .type(Boolean.class)
              .description(
                  "Switch the collector "
                      + collector.label()
                      + " on or off, whatever the configuration says.")
              .build());
    }
  }

  /// The collectors that options name, and whether they switch them on.
  static Map<Collector, Boolean> switches(ParseResult parsed) {
    var switches = new EnumMap<Collector, Boolean>(Collector.class);
    for (Collector collector : Collector.values()) {
      Optional.ofNullable(parsed.matchedOptionValue(name(collector), (Boolean) null))
          .ifPresent(on -> switches.put(collector, on));
    }
    return switches;
  }

  private static String name(Collector collector) {
    return "--collector." + collector.label();
  }
}
