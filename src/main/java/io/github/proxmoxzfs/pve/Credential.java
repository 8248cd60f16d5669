package io.github.proxmoxzfs.pve;

import static java.util.Objects.requireNonNull;

/// What Proxmox knows us by. Its text never shows the secret.
public sealed interface Credential {

  /// An API token.
  ///
  /// @param id the token's full name, `USER@REALM!NAME`
  /// @param secret the UUID that Proxmox showed when the token was made
  record Token(String id, Secret secret) implements Credential {
    public Token {
      requireHeaderText(id, "the token's id");
      requireHeaderText(secret.reveal(), "the token's secret");
    }
  }

  /// A user with a password, which is exchanged for tickets.
  ///
  /// @param user the user's full name, `USER@REALM`
  /// @param secret the password
  record Password(String user, Secret secret) implements Credential {
    public Password {
      requireNonNull(user, "user is null");
      requireNonNull(secret, "secret is null");
    }
  }

  private static void requireHeaderText(String text, String what) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(what + " holds a character that no header may hold");
    }
  }
}
