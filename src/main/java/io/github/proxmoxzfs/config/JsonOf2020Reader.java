package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.DraftCredential;
import io.github.proxmoxzfs.config.Draft.DraftTrust;
import io.github.proxmoxzfs.config.Draft.GivenSecret;
import io.github.proxmoxzfs.config.Draft.Origin;
import io.github.proxmoxzfs.config.Draft.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads the `config.json` of 2020 as leniently as Go's `encoding/json` did: keys match without
/// regard to case, unknown ones are skipped, of several the last counts, and `null` says nothing.
final class JsonOf2020Reader {
  private static final String HOST = "Host";
  private static final String PORT = "Port";
  private static final String INSECURE = "InsecureSkipVerify";
  private static final List<String> KEYS =
      List.of("User", "Pass", HOST, PORT, INSECURE, "CaFile", "Fingerprints");
  private static final String DEFAULT_PORT = "8006";

  private final Place base;
  private final Mistakes mistakes;

  JsonOf2020Reader(Place base, Mistakes mistakes) {
    this.base = base;
    this.mistakes = mistakes;
  }

  /// The one cluster of the file.
  List<Draft> read(Node root) {
    Optional<MappingNode> mapping = Section.mapping("configuration", root, base, mistakes);
    return mapping.map(this::section).map(this::draft).stream().toList();
  }

  private Section section(MappingNode mapping) {
    Map<String, Section.Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String written = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
      Place place = Section.place(tuple.getKeyNode(), base);
      Optional<String> known = KEYS.stream().filter(written::equalsIgnoreCase).findFirst();
      if (known.isEmpty()) {
        mistakes.warn(place, "unknown " + Section.printable(written) + " is ignored");
      } else if (!tuple.getValueNode().getTag().equals(Tag.NULL)) {
        var earlier =
            fields.put(known.get(), new Section.Field(place, known.get(), tuple.getValueNode()));
        if (earlier != null) {
          mistakes.warn(place, known.get() + " again: the one before it is ignored");
        }
      }
    }
    return new Section(Section.place(mapping, base), fields, mistakes);
  }

  private Draft draft(Section section) {
    return new Draft(
        section.place(),
        Format.JSON_OF_2020,
        Optional.empty(),
        endpoints(section),
        credential(section),
        trust(section),
        Settings.DEFAULTS);
  }

  private Optional<List<Given>> endpoints(Section section) {
    Optional<Given> host = section.text(HOST);
    Optional<Given> port = section.text(PORT);
    if (!section.has(HOST)) {
      return Optional.empty();
    }
    int before = mistakes.count();
    if (port.isPresent() && !Endpoints.isPort(port.get().value())) {
      mistakes.add(port.get(), "must be a number from 1 to 65535");
    }
    Optional<String> name = host.map(given -> Endpoints.inBrackets(given.value()));
    if (name.isPresent() && !Endpoints.isHost(name.get())) {
      mistakes.add(
          host.get(),
          "must be a host name or an address alone, without scheme and port"
              + Endpoints.underscoreIn(host.get().value()));
    }
    boolean broken = mistakes.count() > before || host.isEmpty();
    if (broken || (section.has(PORT) && port.isEmpty())) {
      return Optional.of(List.of());
    }
    String number = port.map(Given::value).orElse(DEFAULT_PORT);
    var endpoint = new Given(HOST, name.orElseThrow() + ":" + number, host.get().place());
    return Optional.of(List.of(endpoint));
  }

  private DraftCredential credential(Section section) {
    int before = mistakes.count();
    List<GivenSecret> users = literal(section, "User");
    List<GivenSecret> passwords = literal(section, "Pass");
    return new DraftCredential(List.of(), users, passwords, mistakes.count() > before);
  }

  private static List<GivenSecret> literal(Section section, String key) {
    return section.text(key).map(text -> new GivenSecret(Origin.LITERAL, text)).stream().toList();
  }

  private static DraftTrust trust(Section section) {
    return new DraftTrust(
        section.text("CaFile"),
        section.texts("Fingerprints"),
        section.truth(INSECURE).filter(skip -> skip).flatMap(_ -> section.text(INSECURE)));
  }
}
