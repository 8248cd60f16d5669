package io.github.proxmoxzfs.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who exists in the cluster, and who may do what: Proxmox's users, tokens and ACLs, without
/// groups, roles and pools.
///
/// @param users by `name@realm`
/// @param tokens by `name@realm!token`
/// @param grants the ACL; for one subject the longest path wins, as in Proxmox
public record AccessList(Map<String, User> users, Map<String, Token> tokens, List<Grant> grants) {

  /// The privileges of Proxmox's role PVEAuditor (9.1) that a recorded `/access/permissions` shows.
  public static final Set<String> AUDITOR =
      Set.of(
          "Datastore.Audit",
          "Mapping.Audit",
          "Pool.Audit",
          "SDN.Audit",
          "Sys.Audit",
          "VM.Audit",
          "VM.GuestAgent.Audit");

  /// A user.
  ///
  /// @param password the password, never empty
  /// @param secondFactor whether a login asks for a second factor
  public record User(String password, boolean secondFactor) {}

  /// An API token.
  ///
  /// @param secret the UUID after `=`
  /// @param privilegesSeparated whether it needs own grants, and has no more than its user
  public record Token(String secret, boolean privilegesSeparated) {}

  /// Privileges of one subject on one path.
  ///
  /// @param subject a user or a token, as in [AccessList#users()] and [AccessList#tokens()]
  /// @param path `/`, `/nodes`, `/storage/local` …
  /// @param propagates whether they hold below the path too
  /// @param privileges the privileges; none takes away what is inherited (role NoAccess)
  public record Grant(String subject, String path, boolean propagates, Set<String> privileges) {
    /// Copies the privileges.
    public Grant {
      privileges = Set.copyOf(privileges);
    }
  }

  /// Copies everything.
  public AccessList {
    users = Map.copyOf(users);
    tokens = Map.copyOf(tokens);
    grants = List.copyOf(grants);
  }

  /// The users and tokens of [Credentials].
  public static AccessList defaults() {
    return new AccessList(Map.of(), Map.of(), List.of())
        .withUser(Credentials.MONITOR_USER, Credentials.MONITOR_PASSWORD, false)
        .withToken(Credentials.MONITOR_TOKEN, true)
        .withUser(Credentials.NOPRIV_USER, Credentials.NOPRIV_PASSWORD, false)
        .withToken(Credentials.NOPRIV_TOKEN, true)
        .withUser(Credentials.NODEONLY_USER, Credentials.NODEONLY_PASSWORD, false)
        .withToken(Credentials.NODEONLY_TOKEN, false)
        .withUser(Credentials.TFA_USER, Credentials.TFA_PASSWORD, true)
        .withToken(Credentials.TFA_TOKEN, false)
        .withUser(Credentials.SAMPLE_USER, Credentials.SAMPLE_PASSWORD, false)
        .withGrant(Credentials.MONITOR_USER, "/", true, AUDITOR)
        .withGrant("monitor@pve!exporter", "/", true, AUDITOR)
        .withGrant(Credentials.NODEONLY_USER, "/nodes", true, Set.of("Sys.Audit"))
        .withGrant(Credentials.TFA_USER, "/", true, AUDITOR)
        .withGrant(Credentials.SAMPLE_USER, "/", true, AUDITOR);
  }

  /// This list with one more user, or another password of it.
  public AccessList withUser(String name, String password, boolean secondFactor) {
    var added = new HashMap<>(users);
    added.put(name, new User(password, secondFactor));
    return new AccessList(added, tokens, grants);
  }

  /// This list with one more token, written `USER@REALM!NAME=SECRET`.
  public AccessList withToken(String token, boolean privilegesSeparated) {
    var added = new HashMap<>(tokens);
    var equals = token.indexOf('=');
    added.put(
        token.substring(0, equals), new Token(token.substring(equals + 1), privilegesSeparated));
    return new AccessList(users, added, grants);
  }

  /// This list with one more grant, in place of the subject's on that path.
  public AccessList withGrant(
      String subject, String path, boolean propagates, Set<String> privileges) {
    var added = new ArrayList<>(grants);
    added.removeIf(g -> g.subject().equals(subject) && g.path().equals(path));
    added.add(new Grant(subject, path, propagates, privileges));
    return new AccessList(users, tokens, added);
  }

  /// This list without any grant of the subject.
  public AccessList withoutGrants(String subject) {
    return new AccessList(
        users, tokens, grants.stream().filter(g -> !g.subject().equals(subject)).toList());
  }

  /// This list without a user or token.
  public AccessList without(String subject) {
    var remainingUsers = new HashMap<>(users);
    remainingUsers.remove(subject);
    var remainingTokens = new HashMap<>(tokens);
    remainingTokens.remove(subject);
    return new AccessList(remainingUsers, remainingTokens, grants);
  }

  /// The user or token that a token header names, if its secret is right.
  Optional<String> subjectOfToken(String userAndSecret) {
    var equals = userAndSecret.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    var name = userAndSecret.substring(0, equals);
    return Optional.ofNullable(tokens.get(name))
        .filter(t -> t.secret().equals(userAndSecret.substring(equals + 1)))
        .filter(_ -> users.containsKey(userOf(name)))
        .map(_ -> name);
  }

  boolean allows(String subject, String path, String privilege) {
    return privileges(subject, path).containsKey(privilege);
  }

  /// What a subject may do on a path; the value says whether it holds below the path too.
  Map<String, Boolean> privileges(String subject, String path) {
    var token = tokens.get(subject);
    if (token == null) {
      return granted(subject, path);
    }
    var privileges = granted(userOf(subject), path);
    if (token.privilegesSeparated()) {
      privileges.keySet().retainAll(granted(subject, path).keySet());
    }
    return privileges;
  }

  /// The paths that `/access/permissions` tries: the well-known ones and those of the ACL.
  Set<String> paths() {
    var paths = new TreeSet<>(Set.of("/", "/access", "/access/groups", "/nodes", "/pool"));
    paths.addAll(Set.of("/sdn", "/storage", "/vms"));
    grants.forEach(g -> paths.add(g.path()));
    return paths;
  }

  private Map<String, Boolean> granted(String subject, String path) {
    Map<String, Boolean> privileges = new TreeMap<>();
    for (String ancestor : ancestors(path)) {
      for (Grant grant : grants) {
        if (grant.subject().equals(subject)
            && grant.path().equals(ancestor)
            && (grant.propagates() || ancestor.equals(path))) {
          privileges.clear();
          grant.privileges().forEach(p -> privileges.put(p, grant.propagates()));
        }
      }
    }
    return privileges;
  }

  /// The path and all above it, `/` first.
  private static Set<String> ancestors(String path) {
    var ancestors = new TreeSet<>(List.of("/", path)); // A prefix sorts before what it begins.
    for (int i = path.indexOf('/', 1); i > 0; i = path.indexOf('/', i + 1)) {
      ancestors.add(path.substring(0, i));
    }
    return ancestors;
  }

  private static String userOf(String subject) {
    var bang = subject.indexOf('!');
    return bang < 0 ? subject : subject.substring(0, bang);
  }

  /// Names only: users and tokens hold secrets.
  @Override
  public String toString() {
    return "AccessList[users=" + users.keySet() + ", tokens=" + tokens.keySet() + "]";
  }
}
