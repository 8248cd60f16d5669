package io.github.proxmoxzfs.sim;

/// The users and tokens that exist in a simulated cluster unless its access list is replaced.
/// Tokens are written as they follow `PVEAPIToken=` in the header.
public final class Credentials {
  /// May read everything: the privileges of the role PVEAuditor on `/`.
  public static final String MONITOR_USER = "monitor@pve";

  /// The password of [#MONITOR_USER].
  public static final String MONITOR_PASSWORD = "monitor-password";

  /// A token with separated privileges; user and token both have those of PVEAuditor on `/`.
  public static final String MONITOR_TOKEN =
      "monitor@pve!exporter=11111111-1111-4111-8111-111111111111";

  /// May log in, and nothing else.
  public static final String NOPRIV_USER = "nopriv@pve";

  /// The password of [#NOPRIV_USER].
  public static final String NOPRIV_PASSWORD = "nopriv-password";

  /// A token of [#NOPRIV_USER], without any privilege too.
  public static final String NOPRIV_TOKEN = "nopriv@pve!tok=11111111-1111-4111-8111-111111111111";

  /// Has Sys.Audit on `/nodes` only, which is not enough for ZFS.
  public static final String NODEONLY_USER = "nodeonly@pve";

  /// The password of [#NODEONLY_USER].
  public static final String NODEONLY_PASSWORD = "nodeonly-password";

  /// A token of [#NODEONLY_USER] without separated privileges.
  public static final String NODEONLY_TOKEN =
      "nodeonly@pve!tok=11111111-1111-4111-8111-111111111111";

  /// Has a second factor, so that a login gives no usable ticket.
  public static final String TFA_USER = "tfa@pve";

  /// The password of [#TFA_USER].
  public static final String TFA_PASSWORD = "tfa-password";

  /// A token of [#TFA_USER] with the privileges of PVEAuditor: tokens bypass the second factor.
  public static final String TFA_TOKEN = "tfa@pve!tok=11111111-1111-4111-8111-111111111111";

  /// The user of the config.json of 2020, as its article shows it; may read everything.
  public static final String SAMPLE_USER = "sampleuser@pam";

  /// The password of [#SAMPLE_USER].
  public static final String SAMPLE_PASSWORD = "samplepassword";

  private Credentials() {}
}
