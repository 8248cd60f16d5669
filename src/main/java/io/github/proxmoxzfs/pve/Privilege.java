package io.github.proxmoxzfs.pve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to do about a privilege that is missing.
final class Privilege {
  /// `Permission check failed (PATH, PRIVILEGE)`; for some paths of the API without the parentheses
  /// (pve-access-control `PVE/RPCEnvironment.pm`). Several privileges are joined by `|`.
  private static final Pattern MISSING =
      Pattern.compile("Permission check failed(?: \\((/[^\\s,()]*), ([A-Za-z.|]+)\\))?");

  /// A privilege to look at something, all of which the role PVEAuditor has.
  private static final Pattern AUDIT = Pattern.compile("(?:[A-Za-z]+\\.Audit\\|?)+");

  private Privilege() {}

  /// What to do, to be put behind the message of a 403; empty where that is not known.
  static String advice(String message) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.matches()) {
      return "";
    }
    String path = missing.group(1) == null ? "/" : missing.group(1);
    String privilege = missing.group(2) == null ? "Sys.Audit" : missing.group(2);
    String role =
        AUDIT.matcher(privilege).matches()
            ? "the role PVEAuditor"
            : "a role with the privilege " + privilege;
    return ": give the user, and the token if it has privilege separation, "
        + role
        + " on "
        + path
        + ".";
  }
}
