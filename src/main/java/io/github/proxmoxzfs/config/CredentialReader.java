package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.DraftCredential;
import io.github.proxmoxzfs.config.Draft.GivenSecret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a credential of what was given: a token, or a user and a password. Which names are
/// allowed: pve-access-control, `user_regex` and `realm_regex` of PVE/Auth/Plugin.pm and
/// `token_subid_regex` of PVE/AccessControl.pm; the secret is a UUID.
final class CredentialReader {
  private static final String TOKEN_PREFIX = "PVEAPIToken=";
  private static final String TOKEN_FORM = "user@realm!name=SECRET";
  private static final Pattern TOKEN =
      Pattern.compile(
          "([!-~&&[^:/]]+@[A-Za-z][A-Za-z0-9._-]+![A-Za-z][A-Za-z0-9._-]+)=([A-Za-z0-9-]+)");
  private static final Pattern USER = Pattern.compile("[^\\s:/]+@[A-Za-z][A-Za-z0-9._-]+");

  private final SecretReader secrets;
  private final Mistakes mistakes;

  CredentialReader(SecretReader secrets, Mistakes mistakes) {
    this.secrets = secrets;
    this.mistakes = mistakes;
  }

  /// The credential of a cluster.
  ///
  /// @param prefix what a systemd credential's name begins with: nothing, or `NAME.` where there
  ///   are several clusters
  Optional<Credential> read(Draft draft, String prefix) {
    DraftCredential given = draft.credential();
    long ambiguous =
        Stream.of(given.tokens(), given.users(), given.passwords())
            .filter(this::isAmbiguous)
            .count();
    if (ambiguous > 0) {
      return Optional.empty();
    }
    if (!given.tokens().isEmpty()) {
      return onlyToken(given);
    }
    if (!given.users().isEmpty() || !given.passwords().isEmpty()) {
      return password(draft, prefix);
    }
    if (given.broken()) {
      return Optional.empty();
    }
    Optional<GivenSecret> credential = secrets.systemdCredential(prefix + "token");
    if (credential.isEmpty()) {
      mistakes.add(
          draft.place(),
          "no credential: give "
              + draft.format().credentialKeys()
              + ", or the systemd credential "
              + prefix
              + "token");
    }
    return credential.flatMap(this::token);
  }

  private boolean isAmbiguous(List<GivenSecret> given) {
    if (given.size() <= 1) {
      return false;
    }
    String keys = given.stream().map(one -> one.given().key()).collect(Collectors.joining(", "));
    mistakes.add(given.getLast().given(), "only one of these may be given: " + keys);
    return true;
  }

  private Optional<Credential> onlyToken(DraftCredential given) {
    for (var other : given.users().isEmpty() ? given.passwords() : given.users()) {
      String token = given.tokens().getFirst().given().key();
      mistakes.add(other.given(), "excludes " + token + ": give a token, or a user and a password");
      return Optional.empty();
    }
    return token(given.tokens().getFirst());
  }

  private Optional<Credential> password(Draft draft, String prefix) {
    DraftCredential given = draft.credential();
    Optional<String> user = given.users().stream().findFirst().flatMap(this::user);
    if (given.users().isEmpty() && !given.broken()) {
      Given password = given.passwords().getFirst().given();
      mistakes.add(password, "is given, but " + draft.format().userKey() + " is not");
    }
    Optional<GivenSecret> source =
        given.passwords().stream()
            .findFirst()
            .or(
                () ->
                    given.broken()
                        ? Optional.empty()
                        : secrets.systemdCredential(prefix + "password"));
    if (source.isEmpty() && !given.broken()) {
      mistakes.add(
          given.users().getFirst().given(),
          "is given, but no password: give "
              + draft.format().passwordKeys()
              + ", or the systemd credential "
              + prefix
              + "password");
    }
    Optional<String> password = source.flatMap(secrets::read);
    return user.flatMap(
        name -> password.map(text -> new Credential.Password(name, new Secret(text))));
  }

  private Optional<String> user(GivenSecret given) {
    Optional<String> user = secrets.read(given);
    if (user.isPresent() && !USER.matcher(user.get()).matches()) {
      boolean lacksRealm = user.get().indexOf('@') < 0;
      String message = lacksRealm ? "lacks its realm: " : "must have the form ";
      mistakes.add(given.given(), message + "user@realm, such as monitor@pve or root@pam");
      return Optional.empty();
    }
    return user;
  }

  private Optional<Credential> token(GivenSecret given) {
    Optional<String> token = secrets.read(given);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    var matcher = TOKEN.matcher(token.get());
    if (matcher.matches() && !token.get().startsWith(TOKEN_PREFIX)) {
      return Optional.of(new Credential.Token(matcher.group(1), new Secret(matcher.group(2))));
    }
    mistakes.add(given.given(), tokenProblem(token.get()));
    return Optional.empty();
  }

  private static String tokenProblem(String token) {
    if (token.startsWith(TOKEN_PREFIX)) {
      return "must not begin with " + TOKEN_PREFIX + ", only " + TOKEN_FORM;
    }
    if (token.chars().anyMatch(Character::isWhitespace)) {
      return "must not hold blanks: it has the form " + TOKEN_FORM;
    }
    if (token.chars().anyMatch(character -> character > '~')) {
      // Proxmox would let a user be called so, but a header cannot say it.
      return "must be ASCII, since it travels in a header: use a token of another user";
    }
    int bang = token.indexOf('!');
    if (bang < 0) {
      return "lacks the token's name after a !: it has the form " + TOKEN_FORM;
    }
    if (token.lastIndexOf('@', bang) < 0) {
      return "lacks the realm: it has the form " + TOKEN_FORM;
    }
    if (token.indexOf('=', bang) < 0) {
      String colon = token.indexOf(':', bang) < 0 ? "" : ", not a colon";
      return "needs = before the secret" + colon + ": it has the form " + TOKEN_FORM;
    }
    if (token.indexOf('=', bang) == token.length() - 1) {
      return "lacks the secret after the =: it has the form " + TOKEN_FORM;
    }
    return "must have the form " + TOKEN_FORM;
  }
}
