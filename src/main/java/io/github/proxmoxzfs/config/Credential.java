package io.github.proxmoxzfs.config;

/// How a cluster lets us in.
public sealed interface Credential {

  /// An API token.
  ///
  /// @param id `user@realm!name`
  /// @param secret the token's value, a UUID
  record Token(String id, Secret secret) implements Credential {}

  /// A user's password, for which Proxmox gives a ticket.
  ///
  /// @param user `user@realm`
  /// @param secret the password
  record Password(String user, Secret secret) implements Credential {}
}
