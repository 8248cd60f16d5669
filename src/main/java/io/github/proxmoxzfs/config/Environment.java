package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.DraftCredential;
import io.github.proxmoxzfs.config.Draft.DraftTrust;
import io.github.proxmoxzfs.config.Draft.GivenSecret;
import io.github.proxmoxzfs.config.Draft.Origin;
import io.github.proxmoxzfs.config.Draft.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the variables `PVE_…` say of the one cluster that they describe. A blank variable counts as
/// not set: composing tools set such for what was left out.
final class Environment {
  private static final String ENDPOINTS = "PVE_ENDPOINTS";
  private static final String TOKEN = "PVE_TOKEN";
  private static final String USER = "PVE_USER";
  private static final String PASSWORD = "PVE_PASSWORD";
  private static final String AUTHORITY_FILE = "PVE_CA_FILE";
  private static final String FINGERPRINTS = "PVE_FINGERPRINTS";
  private static final String INSECURE = "PVE_INSECURE_SKIP_VERIFY";
  private static final String FILE = "_FILE";
  private static final List<String> NAMES =
      List.of(
          ENDPOINTS,
          TOKEN,
          TOKEN + FILE,
          USER,
          USER + FILE,
          PASSWORD,
          PASSWORD + FILE,
          AUTHORITY_FILE,
          FINGERPRINTS,
          INSECURE);
  private static final int TYPING_SLIPS = 2;

  private final Map<String, String> variables;
  private final Mistakes mistakes;
  private final Place place = new Place("environment", 0, Path.of(""));

  Environment(Map<String, String> variables, Mistakes mistakes) {
    this.variables = variables;
    this.mistakes = mistakes;
  }

  /// Refuses variables whose names are nearly ours: what they were to say would go unheard.
  void refuseMisspelt() {
    variables.keySet().stream()
        .filter(name -> name.startsWith("PVE_") && !NAMES.contains(name))
        .sorted()
        .forEach(
            name ->
                Spelling.nearest(name, NAMES, TYPING_SLIPS)
                    .ifPresent(
                        nearest ->
                            mistakes.add(
                                place, name + ": unknown variable; is " + nearest + " meant?")));
  }

  /// Those of our variables that are set.
  List<String> names() {
    return NAMES.stream().filter(name -> variable(name).isPresent()).toList();
  }

  Place place() {
    return place;
  }

  /// The cluster, where there is no file.
  Draft draft() {
    var nothing =
        new Draft(
            place,
            Format.ENVIRONMENT,
            Optional.empty(),
            Optional.empty(),
            DraftCredential.NONE,
            DraftTrust.NONE,
            Settings.DEFAULTS);
    return overlay(nothing);
  }

  /// The cluster of a file, with what the environment says in the place of what the file says.
  Draft overlay(Draft file) {
    return new Draft(
        file.place(),
        file.format(),
        file.name(),
        variable(ENDPOINTS).map(Environment::entries).or(file::endpoints),
        credential(file.credential()),
        trust(file.trust()),
        file.settings());
  }

  private Optional<Given> variable(String name) {
    return Optional.ofNullable(variables.get(name))
        .filter(value -> !value.isBlank())
        .map(value -> new Given(name, value, place));
  }

  private static List<Given> entries(Given list) {
    List<Given> entries = new ArrayList<>();
    for (String entry : list.value().split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        entries.add(new Given(list.key() + ", entry " + (entries.size() + 1), entry, list.place()));
      }
    }
    return entries;
  }

  private DraftCredential credential(DraftCredential file) {
    List<GivenSecret> tokens = secrets(TOKEN);
    List<GivenSecret> users = secrets(USER);
    List<GivenSecret> passwords = secrets(PASSWORD);
    boolean replacesToken = !users.isEmpty() && !passwords.isEmpty();
    if (!tokens.isEmpty() || replacesToken) {
      return new DraftCredential(tokens, users, passwords, false);
    }
    return new DraftCredential(
        file.tokens(),
        users.isEmpty() ? file.users() : users,
        passwords.isEmpty() ? file.passwords() : passwords,
        file.broken());
  }

  private List<GivenSecret> secrets(String name) {
    List<GivenSecret> secrets = new ArrayList<>();
    variable(name).map(text -> new GivenSecret(Origin.LITERAL, text)).ifPresent(secrets::add);
    variable(name + FILE).map(text -> new GivenSecret(Origin.FILE, text)).ifPresent(secrets::add);
    return secrets;
  }

  private DraftTrust trust(DraftTrust file) {
    Optional<Given> authorityFile = variable(AUTHORITY_FILE);
    Optional<List<Given>> fingerprints = variable(FINGERPRINTS).map(Environment::entries);
    Optional<Given> insecure = variable(INSECURE);
    Optional<Given> skip = insecure.filter(this::isTrue);
    if (authorityFile.isPresent() || fingerprints.isPresent() || skip.isPresent()) {
      return new DraftTrust(authorityFile, fingerprints, skip);
    }
    Optional<Given> fileSkip = insecure.isPresent() ? Optional.empty() : file.insecure();
    return new DraftTrust(file.authorityFile(), file.fingerprints(), fileSkip);
  }

  private boolean isTrue(Given given) {
    return switch (given.value().strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> {
        mistakes.add(given, "must be true or false");
        yield false;
      }
    };
  }
}
