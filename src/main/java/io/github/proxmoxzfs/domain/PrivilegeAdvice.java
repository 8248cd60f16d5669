package io.github.proxmoxzfs.domain;

import java.util.Optional;

/// The `pveum` commands that give a credential the privileges that it needs, and no others.
public final class PrivilegeAdvice {
  /// Proxmox's own role that may look at everything and change nothing.
  private static final String ROLE = "PVEAuditor";

  private PrivilegeAdvice() {}

  /// What to do about rights that are not as they should be; empty where nothing is to be done.
  ///
  /// @param credential `user@realm`, or `user@realm!token`
  public static Optional<String> of(Rights rights, String credential) {
    if (!rights.missing().isEmpty()) {
      return Optional.of(grant(credential));
    }
    return rights.excess().isEmpty() ? Optional.empty() : Optional.of(restrict(credential));
  }

  /// The command that grants what is missing. A token with privilege separation needs its own
  /// grants and has no more than its user has, so both get them.
  public static String grant(String credential) {
    String user = userOf(credential);
    String toUser = "pveum acl modify / --users '" + user + "' --roles " + ROLE;
    return isToken(credential) ? toUser + " && " + toToken(credential) : toUser;
  }

  /// The command that takes away what is too much: of a token, by privilege separation; a user
  /// wants another role, whose name only Proxmox's access list tells.
  public static String restrict(String credential) {
    String user = userOf(credential);
    if (isToken(credential)) {
      return "pveum user token modify '%s' '%s' --privsep 1 && %s"
              .formatted(user, credential.substring(user.length() + 1), toToken(credential))
          + "; any other role that `pveum acl list` shows for the token is to be taken away with"
          + " `pveum acl delete PATH --tokens '"
          + credential
          + "' --roles ROLE`";
    }
    return grant(credential)
        + "; any other role that `pveum acl list` shows for the user is to be taken away with"
        + " `pveum acl delete PATH --users '"
        + user
        + "' --roles ROLE`";
  }

  private static String toToken(String credential) {
    return "pveum acl modify / --tokens '" + credential + "' --roles " + ROLE;
  }

  private static boolean isToken(String credential) {
    return credential.indexOf('!') >= 0;
  }

  private static String userOf(String credential) {
    return credential.split("!", 2)[0];
  }
}
