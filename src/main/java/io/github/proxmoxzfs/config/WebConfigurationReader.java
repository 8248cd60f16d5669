package io.github.proxmoxzfs.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `--web.config.file`, and finds all that is wrong with it. The format is exporter-toolkit's
/// (`web/tls_config.go`); what of it cannot be done here is refused by name rather than passed
/// over, since whoever wrote it relies on it.
public final class WebConfigurationReader {
  private static final String TLS = "tls_server_config";
  private static final String HTTP = "http_server_config";
  private static final String USERS = "basic_auth_users";
  private static final String RATE_LIMIT = "rate_limit";

  /// The headers that may be set, with the values that each may have; any if there are none.
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Content-Security-Policy", List.of(),
          "Strict-Transport-Security", List.of(),
          "X-Content-Type-Options", List.of("nosniff"),
          "X-Frame-Options", List.of("deny", "sameorigin"),
          "X-XSS-Protection", List.of());

  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

  private static final int LEAST_COST = 4;

  /// Each step more takes twice the time; at 10 it is a tenth of a second.
  private static final int MOST_COST = 16;

  private final Place base;
  private final Mistakes mistakes = new Mistakes();
  private final Set<Path> files = new HashSet<>();

  private WebConfigurationReader(Path file) {
    Path absolute = file.toAbsolutePath();
    this.base =
        new Place(file.toString(), 0, Optional.ofNullable(absolute.getParent()).orElse(absolute));
    files.add(absolute);
  }

  /// Reads the file and those that it names.
  public static WebConfigurationResult read(Path file) {
    return new WebConfigurationReader(file).result(file);
  }

  private WebConfigurationResult result(Path file) {
    WebConfiguration configuration =
        switch (Document.read(file, base, mistakes)) {
          case Document.Outcome.Broken() -> WebConfiguration.NONE;
          case Document.Outcome.Empty() -> {
            mistakes.warn(base, "holds nothing: the port is not protected");
            yield WebConfiguration.NONE;
          }
          case Document.Outcome.Read(Node root) ->
              Section.of(
                      "web configuration",
                      root,
                      List.of(TLS, HTTP, USERS, RATE_LIMIT),
                      base,
                      mistakes)
                  .map(this::configuration)
                  .orElse(WebConfiguration.NONE);
        };
    return mistakes.count() > 0
        ? new WebConfigurationResult.Invalid(mistakes.inOrder(), files)
        : new WebConfigurationResult.Valid(configuration, mistakes.warnings(), files);
  }

  private WebConfiguration configuration(Section root) {
    root.place(RATE_LIMIT)
        .ifPresent(
            place ->
                mistakes.add(
                    place,
                    RATE_LIMIT
                        + ": cannot be done here; --web.max-requests limits the scrapes under way"));
    Optional<ServerTls> tls =
        root.section(TLS, ServerTlsReader.KEYS)
            .flatMap(section -> new ServerTlsReader(section, files, mistakes).read());
    Map<String, String> headers =
        root.section(HTTP, List.of("http2", "headers")).map(this::headers).orElse(Map.of());
    Map<String, Secret> users = root.section(USERS, List.of()).map(this::users).orElse(Map.of());
    return new WebConfiguration(tls, headers, users);
  }

  private Map<String, String> headers(Section http) {
    if (http.truth("http2").orElse(false)) {
      mistakes.add(
          http.place("http2").orElse(http.place()),
          "http_server_config.http2: cannot be done here: HTTP/1.1 is spoken; leave it out");
    }
    var headers = new LinkedHashMap<String, String>();
    http.section("headers", HEADERS.keySet().stream().sorted().toList())
        .ifPresent(
            section -> {
              for (String name : section.keys()) {
                section
                    .text(name)
                    .filter(given -> isAllowed(given, HEADERS.getOrDefault(name, List.of())))
                    .ifPresent(given -> headers.put(name, given.value()));
              }
            });
    return headers;
  }

  private boolean isAllowed(Given header, List<String> values) {
    if (!values.isEmpty() && !values.contains(header.value())) {
      mistakes.add(header, "must be " + String.join(" or ", values));
      return false;
    }
    if (!header.value().chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      mistakes.add(header, "a header is one line of ASCII");
      return false;
    }
    return true;
  }

  private Map<String, Secret> users(Section section) {
    var users = new LinkedHashMap<String, Secret>();
    for (String name : section.keys()) {
      if (name.contains(":")) {
        mistakes.add(
            section.place(name).orElse(section.place()),
            USERS + ": a user's name cannot hold a colon");
      }
      section
          .text(name)
          .filter(this::isHash)
          .ifPresent(hash -> users.put(name, new Secret(hash.value())));
    }
    return users;
  }

  private boolean isHash(Given given) {
    Matcher hash = BCRYPT.matcher(given.value());
    if (!hash.matches()) {
      mistakes.add(
          given,
          "must be a bcrypt hash ($2y$10$…), as htpasswd -nBC 10 NAME prints it after the colon");
      return false;
    }
    int cost = Integer.parseInt(hash.group(1));
    if (cost < LEAST_COST || cost > MOST_COST) {
      mistakes.add(
          given,
          "the cost of the bcrypt hash must lie between "
              + LEAST_COST
              + " and "
              + MOST_COST
              + ": each step more takes twice the time");
      return false;
    }
    return true;
  }
}
