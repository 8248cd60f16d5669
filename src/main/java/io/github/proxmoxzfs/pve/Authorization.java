package io.github.proxmoxzfs.pve;

/// The header by which a request shows who asks. Its text never shows the secret.
///
/// @param header the header's name
/// @param value the header's value
/// @param mask covers what must not be shown of the value, and what it was got for
record Authorization(String header, String value, Mask mask) {
  /// The header of an API token, exactly as Proxmox wants it.
  static Authorization ofToken(Credential.Token token) {
    return new Authorization(
        "Authorization",
        "PVEAPIToken=" + token.id() + "=" + token.secret().reveal(),
        Mask.of(token.secret().reveal()));
  }

  /// The cookie of a ticket. Proxmox reads it raw or encoded; encoded, it can hold any character.
  ///
  /// @param password what the ticket was got for, which the server knows as well
  static Authorization ofTicket(String ticket, Secret password) {
    // PVE:USER@REALM:TIME::SIGNATURE (pve-access-control AccessControl.pm): the user is no secret.
    String signature = ticket.substring(ticket.lastIndexOf("::") + 1);
    return new Authorization(
        "Cookie",
        "PVEAuthCookie=" + ServerText.percentEncoded(ticket),
        Mask.of(password.reveal(), signature.length() > 1 ? signature : ticket));
  }

  @Override
  public String toString() {
    return header + ": " + mask;
  }
}
