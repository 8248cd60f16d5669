package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.DraftCredential;
import io.github.proxmoxzfs.config.Draft.DraftTrust;
import io.github.proxmoxzfs.config.Draft.GivenSecret;
import io.github.proxmoxzfs.config.Draft.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads `config.yml`: its clusters, every key of them.
final class YamlReader {
  private static final String CLUSTERS = "clusters";
  private static final List<String> KEYS =
      List.of(
          "name",
          "endpoints",
          "token",
          "token_file",
          "token_env",
          "user",
          "password",
          "password_file",
          "password_env",
          "ca_file",
          "fingerprints",
          "insecure_skip_verify",
          "server_name",
          "timeout",
          "timezone",
          "nodes",
          "requests",
          "collectors",
          "smart",
          "forget_after",
          "locations");

  private final Place base;
  private final Mistakes mistakes;

  YamlReader(Place base, Mistakes mistakes) {
    this.base = base;
    this.mistakes = mistakes;
  }

  /// Every key that a cluster may have.
  static List<String> keys() {
    return KEYS;
  }

  /// Whether a mapping speaks the language of `config.yml`, whatever the file is called.
  static boolean isSpokenBy(Node root) {
    return root instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(CLUSTERS));
  }

  /// The clusters of the file, each as far as it can be read.
  List<Draft> read(Node root) {
    if (isFormatOf2020(root)) {
      mistakes.add(
          Section.place(root, base),
          "holds keys of the config.json of 2020: name the file config.json, or write clusters");
      return List.of();
    }
    Optional<Section> section =
        Section.of("configuration", root, List.of(CLUSTERS), base, mistakes);
    if (section.isPresent() && !section.get().has(CLUSTERS)) {
      mistakes.add(section.get().place(), "clusters: is missing");
    }
    List<Draft> drafts = new ArrayList<>();
    for (Node entry : section.flatMap(found -> found.nodes(CLUSTERS)).orElse(List.of())) {
      Section.of("cluster", entry, KEYS, base, mistakes).map(this::draft).ifPresent(drafts::add);
    }
    return drafts;
  }

  private static boolean isFormatOf2020(Node root) {
    return !isSpokenBy(root)
        && root instanceof MappingNode mapping
        && mapping.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode key
                        && List.of("User", "Pass", "Host", "Port").contains(key.getValue()));
  }

  private Draft draft(Section cluster) {
    return new Draft(
        cluster.place(),
        Format.YAML,
        cluster.text("name"),
        endpoints(cluster),
        credential(cluster),
        trust(cluster),
        new SettingsReader(mistakes).read(cluster));
  }

  private static Optional<List<Given>> endpoints(Section cluster) {
    if (!cluster.has("endpoints")) {
      return Optional.empty();
    }
    return cluster.texts("endpoints").or(() -> Optional.of(List.of()));
  }

  private DraftCredential credential(Section cluster) {
    int before = mistakes.count();
    List<GivenSecret> tokens = secrets(cluster, "token");
    List<GivenSecret> users =
        cluster.text("user").map(user -> new GivenSecret(Origin.LITERAL, user)).stream().toList();
    List<GivenSecret> passwords = secrets(cluster, "password");
    return new DraftCredential(tokens, users, passwords, mistakes.count() > before);
  }

  private static List<GivenSecret> secrets(Section cluster, String key) {
    List<GivenSecret> secrets = new ArrayList<>();
    cluster.text(key).map(text -> new GivenSecret(Origin.LITERAL, text)).ifPresent(secrets::add);
    cluster
        .text(key + "_file")
        .map(text -> new GivenSecret(Origin.FILE, text))
        .ifPresent(secrets::add);
    cluster
        .text(key + "_env")
        .map(text -> new GivenSecret(Origin.VARIABLE, text))
        .ifPresent(secrets::add);
    return secrets;
  }

  private static DraftTrust trust(Section cluster) {
    String insecure = "insecure_skip_verify";
    return new DraftTrust(
        cluster.text("ca_file"),
        cluster.texts("fingerprints"),
        cluster.truth(insecure).filter(skip -> skip).flatMap(_ -> cluster.text(insecure)));
  }
}
