package io.github.proxmoxzfs.pve;

/// The header by which a request shows who asks. Its text never shows the secret.
///
/// @param header the header's name
/// @param value the header's value
/// @param secret the part of the value that must not be shown
record Authorization(String header, String value, Secret secret) {
  /// The header of an API token, exactly as Proxmox wants it.
  static Authorization ofToken(Credential.Token token) {
    return new Authorization(
        "Authorization",
        "PVEAPIToken=" + token.id() + "=" + token.secret().reveal(),
        token.secret());
  }

  /// The cookie of a ticket. Proxmox reads it raw or encoded; encoded, it can hold any character.
  static Authorization ofTicket(String ticket) {
    return new Authorization(
        "Cookie", "PVEAuthCookie=" + ServerText.percentEncoded(ticket), new Secret(ticket));
  }

  /// A server's text without the secret, which a server may echo.
  String without(String text) {
    String revealed = secret.reveal();
    return revealed.isEmpty()
        ? text
        : text.replace(revealed, secret.toString())
            .replace(ServerText.percentEncoded(revealed), secret.toString());
  }

  @Override
  public String toString() {
    return header + ": " + secret;
  }
}
