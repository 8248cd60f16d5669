package io.github.proxmoxzfs.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `POST /access/ticket`, and who a request is from.
final class Login {
  /// Parameters of the real call; any other is refused.
  private static final List<String> PARAMETERS =
      List.of("username", "password", "realm", "otp", "path", "privs", "new-format");

  /// The server finds its credentials so: after a blank or at the beginning, up to a semicolon
  /// (pve-http-server `Formatter.pm` `extract_auth_value`).
  private static final Pattern COOKIE = Pattern.compile("(?:^|\\s)PVEAuthCookie=([^;]*)");

  private static final Pattern TOKEN = Pattern.compile("(?:^|\\s)PVEAPIToken=([^;]*)");

  private final Tickets tickets;

  Login(Tickets tickets) {
    this.tickets = tickets;
  }

  /// The token or user of a request, or the answer that refuses it.
  sealed interface Caller {
    record Known(String subject) implements Caller {}

    record Refused(Answer answer) implements Caller {}
  }

  Caller caller(ReceivedRequest request, AccessList access, Instant now) {
    var authorization = request.header("authorization").orElse("");
    var ticket =
        find(COOKIE, request.header("cookie").orElse("")).or(() -> find(COOKIE, authorization));
    if (ticket.isPresent()) {
      return known(ticket.flatMap(t -> tickets.user(t, now)).filter(access.users()::containsKey));
    }
    var token = find(TOKEN, authorization);
    if (token.isPresent()) {
      return known(token.flatMap(access::subjectOfToken));
    }
    return new Caller.Refused(Answer.empty(401, "No ticket"));
  }

  private static Caller known(Optional<String> subject) {
    return subject.isPresent()
        ? new Caller.Known(subject.get())
        : new Caller.Refused(Answer.empty(401, "Authentication failed!"));
  }

  private static Optional<String> find(Pattern pattern, String header) {
    var matcher = pattern.matcher(header);
    return matcher.find()
        ? Optional.of(ReceivedRequest.percentDecode(matcher.group(1))).filter(v -> !v.isEmpty())
        : Optional.empty();
  }

  Answer post(ReceivedRequest request, AccessList access, Instant now) {
    if (find(TOKEN, request.header("authorization").orElse("")).isPresent()) {
      var refusal =
          "Permission check failed (URI '/access/ticket' not available with API token, need proper"
              + " ticket.";
      return Answer.error(403, refusal + "\n)").withStatus(403, refusal);
    }
    var type = request.header("content-type").orElse("application/x-www-form-urlencoded");
    var plainType = type.split(";", 2)[0].strip();
    if (!request.body().isEmpty()
        && !plainType.equals("application/x-www-form-urlencoded")
        && !plainType.equals("application/json")) {
      return Answer.plain(506, "upload 'Content-Type '" + type + "' not implemented");
    }
    var parameters = parameters(request, plainType);
    var invalid = new LinkedHashMap<String, String>();
    for (String required : List.of("username", "password")) {
      if (!parameters.containsKey(required)) {
        invalid.put(required, "property is missing and it is not optional");
      }
    }
    for (String name : parameters.keySet()) {
      if (!PARAMETERS.contains(name)) {
        invalid.put(
            name,
            "property is not defined in schema and the schema does not allow additional"
                + " properties");
      }
    }
    return invalid.isEmpty() ? logIn(parameters, access, now) : Answer.invalidParameters(invalid);
  }

  private Answer logIn(Map<String, String> parameters, AccessList access, Instant now) {
    var given = parameters.getOrDefault("username", "");
    var realm = parameters.get("realm");
    var name = realm == null || given.contains("@") ? given : given + "@" + realm;
    var password = parameters.getOrDefault("password", "");
    var user = access.users().get(name);
    var renewal = tickets.user(password, now).filter(name::equals).isPresent();
    if (user == null || !(renewal || user.password().equals(password))) {
      return Answer.error(401, "authentication failure");
    }
    var data = new LinkedHashMap<String, String>();
    data.put("username", JsonText.quote(name));
    data.put("CSRFPreventionToken", JsonText.quote(tickets.csrfToken(now)));
    if (user.secondFactor()) {
      data.put("ticket", JsonText.quote(tickets.issueHalf(now)));
      data.put("NeedTFA", "1");
    } else {
      data.put("ticket", JsonText.quote(tickets.issue(name, now)));
      data.put("cap", capabilities(name, access));
    }
    return Answer.json(JsonText.object(Map.of("data", JsonText.object(data))));
  }

  /// What the web interface shows by: the privileges on the main paths, by subject area.
  private static String capabilities(String user, AccessList access) {
    var capabilities = new LinkedHashMap<String, String>();
    capabilities.put("access", some(access, user, "/access", "User.", "Group.", "Permissions."));
    capabilities.put("dc", some(access, user, "/", "Sys.", "SDN."));
    capabilities.put("mapping", some(access, user, "/mapping", "Mapping."));
    capabilities.put("nodes", some(access, user, "/nodes", "Sys."));
    capabilities.put("sdn", some(access, user, "/sdn", "SDN."));
    capabilities.put("storage", some(access, user, "/storage", "Datastore."));
    capabilities.put("vms", some(access, user, "/vms", "VM."));
    return JsonText.object(capabilities);
  }

  private static String some(AccessList access, String user, String path, String... prefixes) {
    var some = new LinkedHashMap<String, String>();
    for (String privilege : access.privileges(user, path).keySet()) {
      if (List.of(prefixes).stream().anyMatch(privilege::startsWith)) {
        some.put(privilege, "1");
      }
    }
    return JsonText.object(some);
  }

  private static Map<String, String> parameters(ReceivedRequest request, String type) {
    var parameters = new LinkedHashMap<String, String>();
    var query = request.target().indexOf('?');
    if (query >= 0) {
      addForm(parameters, request.target().substring(query + 1));
    }
    if (type.equals("application/json") && !request.body().isEmpty()) {
      JsonText.members(request.body()).forEach((k, v) -> parameters.put(k, JsonText.unquote(v)));
    } else {
      addForm(parameters, request.body());
    }
    return parameters;
  }

  /// Unencoded values are taken apart as the real server does: `;` splits, a second `=` ends.
  private static void addForm(Map<String, String> parameters, String form) {
    for (String pair : form.strip().split("[&;]", -1)) {
      var parts = pair.split("=", -1);
      if (parts.length > 1) {
        parameters.put(decode(parts[0]), decode(parts[1]));
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
