package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.RequiredPrivilege;
import io.github.proxmoxzfs.domain.Rights;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Logs which privileges the credential lacks and which it has too many: a line when that changes,
/// with the command that mends it.
final class RightsLog {
  private static final System.Logger LOG = System.getLogger(RightsLog.class.getName());
  private static final Rights AS_THEY_SHOULD_BE = new Rights(List.of(), Set.of());

  private final String cluster;
  private final String credential;
  private Rights known = AS_THEY_SHOULD_BE;

  /// @param credential `user@realm`, or `user@realm!token`
  RightsLog(String cluster, String credential) {
    this.cluster = cluster;
    this.credential = credential;
  }

  /// Takes note of the rights that were read.
  synchronized void record(Reading<Rights> reading) {
    if (!(reading instanceof Reading.Ok<Rights>(Rights rights, Instant _))
        || rights.equals(known)) {
      return;
    }
    Rights before = known;
    known = rights;
    if (!rights.missing().isEmpty()) {
      log(
          "The credential lacks privileges: what needs them is missing.",
          "missing",
          rights.missing().stream().map(RightsLog::shown).collect(Collectors.joining(", ")),
          PrivilegeAdvice.grant(credential));
    }
    if (!rights.excess().isEmpty() && !rights.excess().equals(before.excess())) {
      log(
          "The credential may do more than read.",
          "excess",
          String.join(", ", rights.excess()),
          PrivilegeAdvice.restrict(credential));
    }
    if (rights.equals(AS_THEY_SHOULD_BE)) {
      LOG.log(
          Level.INFO,
          "The credential has the privileges that it should have.",
          "cluster",
          cluster,
          "credential",
          credential);
    }
  }

  private static String shown(RequiredPrivilege required) {
    return required.privilege() + " on " + required.path();
  }

  private void log(String message, String field, String privileges, String command) {
    LOG.log(
        Level.WARNING,
        message,
        "cluster",
        cluster,
        "credential",
        credential,
        field,
        privileges,
        "mend",
        command);
  }
}
