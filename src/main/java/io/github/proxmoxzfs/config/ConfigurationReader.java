package io.github.proxmoxzfs.config;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the configuration from a file and the environment, and finds all that is wrong with it.
public final class ConfigurationReader {
  /// Where the file is looked for when none is named.
  public static final Path DEFAULT_DIRECTORY = Path.of("/etc/proxmox-zfs-exporter");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private final Path directory;

  /// Looks for files in [#DEFAULT_DIRECTORY].
  public ConfigurationReader() {
    this(DEFAULT_DIRECTORY);
  }

  /// Looks for files in `directory`.
  ConfigurationReader(Path directory) {
    this.directory = directory;
  }

  /// Reads the configuration.
  ///
  /// @param file the file to read: `.json` is the format of 2020 unless it holds the key
  ///   `clusters`, any other is YAML. If absent, `config.yml` in the default directory, or
  ///   `config.json` beside it where the former is absent or holds comments only.
  /// @param environment the environment variables, which count more than the file
  public ConfigurationResult read(Optional<Path> file, Map<String, String> environment) {
    var mistakes = new Mistakes();
    var pveVariables = new Environment(environment, mistakes);
    pveVariables.refuseMisspelt();
    Found found = file.map(named -> open(named, mistakes)).orElseGet(() -> search(mistakes));
    List<Draft> drafts = drafts(found, pveVariables, mistakes);
    var clusters = resolve(drafts, environment, mistakes);
    if (mistakes.count() > 0) {
      return new ConfigurationResult.Invalid(mistakes.inOrder());
    }
    Format format = drafts.getFirst().format();
    Optional<Path> read = format == Format.ENVIRONMENT ? Optional.empty() : Optional.of(found.file);
    return new ConfigurationResult.Valid(
        new Configuration(clusters, format, read, mistakes.warnings()));
  }

  /// A file that was looked at.
  private record Found(Path file, Document.Outcome outcome, String emptiness) {
    Place place() {
      Path absolute = file.toAbsolutePath();
      Path parent = Optional.ofNullable(absolute.getParent()).orElse(absolute);
      return new Place(file.toString(), 0, parent);
    }
  }

  private static Found open(Path file, Mistakes mistakes) {
    var found = new Found(file, new Document.Outcome.Empty(), "holds no configuration");
    return new Found(file, Document.read(file, found.place(), mistakes), found.emptiness);
  }

  private Found search(Mistakes mistakes) {
    Path yaml = directory.resolve("config.yml");
    Path json = directory.resolve("config.json");
    String nothing = "there is no configuration: no such file, nor config.json beside it";
    var found = new Found(yaml, new Document.Outcome.Empty(), nothing);
    if (exists(yaml)) {
      String empty = "holds no configuration, and there is no config.json beside it";
      found = new Found(yaml, Document.read(yaml, found.place(), mistakes), empty);
    }
    return switch (found.outcome) {
      case Document.Outcome.Empty _ when exists(json) -> open(json, mistakes);
      case Document.Outcome.Empty _, Document.Outcome.Broken _ -> found;
      case Document.Outcome.Read _ -> {
        if (exists(json)) {
          mistakes.warn(found.place(), "is read; config.json beside it is not");
        }
        yield found;
      }
    };
  }

  /// Whether something stands there, be it a link to nothing: only what is not there at all may be
  /// passed over in silence.
  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Draft> drafts(Found found, Environment environment, Mistakes mistakes) {
    List<String> names = environment.names();
    return switch (found.outcome) {
      case Document.Outcome.Broken _ -> List.of();
      case Document.Outcome.Empty _ when names.isEmpty() -> {
        String variables = "; nor is PVE_ENDPOINTS set in the environment";
        mistakes.add(found.place(), found.emptiness + variables);
        yield List.of();
      }
      case Document.Outcome.Empty _ -> List.of(environment.draft());
      case Document.Outcome.Read(Node root) -> {
        List<Draft> drafts = read(root, found, mistakes);
        if (drafts.size() > 1 && !names.isEmpty()) {
          String message = " describes one cluster, but the file has " + drafts.size();
          names.forEach(name -> mistakes.add(environment.place(), name + message));
          yield drafts;
        }
        yield drafts.stream().map(environment::overlay).toList();
      }
    };
  }

  private static List<Draft> read(Node root, Found found, Mistakes mistakes) {
    boolean json = found.file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    return json && !YamlReader.isSpokenBy(root)
        ? new JsonOf2020Reader(found.place(), mistakes).read(root)
        : new YamlReader(found.place(), mistakes).read(root);
  }

  private static List<ClusterConfiguration> resolve(
      List<Draft> drafts, Map<String, String> environment, Mistakes mistakes) {
    List<ClusterConfiguration> clusters = new ArrayList<>();
    Map<String, Place> names = new HashMap<>();
    for (Draft draft : drafts) {
      List<URI> endpoints = endpoints(draft, mistakes);
      Optional<String> name = name(draft, endpoints, names, mistakes);
      String prefix = drafts.size() == 1 ? "" : name.orElse("NAME") + ".";
      var secrets = new SecretReader(environment, mistakes);
      var credential = new CredentialReader(secrets, mistakes).read(draft, prefix);
      var trust = new TrustReader(mistakes).read(draft.trust());
      if (mistakes.count() == 0) {
        clusters.add(
            cluster(
                draft.settings(),
                name.orElseThrow(),
                endpoints,
                credential.orElseThrow(),
                trust.orElseThrow()));
      }
    }
    return clusters;
  }

  private static List<URI> endpoints(Draft draft, Mistakes mistakes) {
    if (draft.endpoints().isEmpty()) {
      mistakes.add(draft.place(), draft.format().endpointKey() + ": is missing");
    }
    return Endpoints.parse(draft.endpoints().orElse(List.of()), mistakes);
  }

  private static Optional<String> name(
      Draft draft, List<URI> endpoints, Map<String, Place> names, Mistakes mistakes) {
    if (draft.name().isPresent() && !NAME.matcher(draft.name().get().value()).matches()) {
      mistakes.add(draft.name().get(), "may hold letters, digits, '.', '_' and '-' only");
      return Optional.empty();
    }
    Optional<String> name =
        draft
            .name()
            .map(Given::value)
            .or(() -> endpoints.stream().findFirst().map(Endpoints::nameOf));
    Place place = draft.name().map(Given::place).orElse(draft.place());
    if (name.isPresent()) {
      Optional<Place> earlier = Optional.ofNullable(names.putIfAbsent(name.get(), place));
      earlier.ifPresent(
          other ->
              mistakes.add(
                  place, "name: " + name.get() + " is the cluster's of line " + other.line()));
    }
    return name;
  }

  private static ClusterConfiguration cluster(
      Draft.Settings settings,
      String name,
      List<URI> endpoints,
      Credential credential,
      Trust trust) {
    return new ClusterConfiguration(
        name,
        endpoints,
        credential,
        trust,
        settings.serverName(),
        settings.timeout(),
        settings.timezone(),
        settings.nodes(),
        settings.requests(),
        settings.collectors(),
        settings.smart(),
        settings.forgetAfter(),
        settings.locations());
  }
}
