package io.github.proxmoxzfs.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which privileges suffice, of those that Proxmox tells by path.
class PermissionsTest {
  private static final Set<Source> ALL = EnumSet.allOf(Source.class);

  private static Permissions of(Map<String, Map<String, Boolean>> byPath) {
    return new Permissions(byPath);
  }

  @Test
  void withoutAnyAllAreMissing() {
    assertThat(Rights.of(of(Map.of()), ALL).missing())
        .containsExactly(
            RequiredPrivilege.SYSTEM,
            RequiredPrivilege.NODES,
            RequiredPrivilege.STORAGES,
            RequiredPrivilege.GUESTS);
  }

  @Test
  void onlyWhatIsAskedNeedsPrivileges() {
    assertThat(Rights.of(of(Map.of()), Set.of(Source.STORAGE, Source.PERMISSIONS)).missing())
        .containsExactly(RequiredPrivilege.STORAGES);
  }

  @Test
  void theSystemsHoldsWhetherItIsPassedOnOrNotButTheNodesMustBePassedOn() {
    var onRootOnly =
        of(Map.of("/", Map.of("Sys.Audit", false), "/nodes", Map.of("Sys.Audit", false)));
    assertThat(onRootOnly.allow(RequiredPrivilege.SYSTEM)).isTrue();
    assertThat(onRootOnly.allow(RequiredPrivilege.NODES)).isFalse();
  }

  @Test
  void onNodesOnlyItDoesNotSufficeForZfs() {
    var onNodes = of(Map.of("/nodes", Map.of("Sys.Audit", true)));
    assertThat(Rights.of(onNodes, EnumSet.of(Source.NODES, Source.POOLS)).missing())
        .containsExactly(RequiredPrivilege.SYSTEM);
  }

  @Test
  void whatIsGivenForSomeStoragesOrGuestsWasChosen() {
    var some =
        of(
            Map.of(
                "/storage/tank", Map.of("Datastore.Audit", true),
                "/vms/100", Map.of("VM.Audit", true),
                "/vmsomething", Map.of("Sys.Audit", true)));
    assertThat(some.allow(RequiredPrivilege.STORAGES)).isTrue();
    assertThat(some.allow(RequiredPrivilege.GUESTS)).isTrue();
    assertThat(some.allow(new RequiredPrivilege("Sys.Audit", "/vms", true))).isFalse();
  }

  @Test
  void whatIsNoAuditIsTooMuch() {
    var administrator =
        of(Map.of("/", Map.of("Sys.Audit", true, "VM.GuestAgent.Audit", true, "Sys.Modify", true)));
    assertThat(administrator.excess()).containsExactly("Sys.Modify");
  }

  @Test
  void theAdviceIsForTheUserAndItsToken() {
    var lacking = new Rights(List.of(RequiredPrivilege.GUESTS), Set.of());
    assertThat(PrivilegeAdvice.of(lacking, "monitor@pve!exporter"))
        .hasValue(
            "pveum acl modify / --users 'monitor@pve' --roles PVEAuditor"
                + " && pveum acl modify / --tokens 'monitor@pve!exporter' --roles PVEAuditor");
    assertThat(PrivilegeAdvice.of(lacking, "monitor@pve"))
        .hasValue("pveum acl modify / --users 'monitor@pve' --roles PVEAuditor");
    assertThat(PrivilegeAdvice.of(new Rights(List.of(), Set.of("Sys.Modify")), "root@pam!exporter"))
        .get()
        .asString()
        .startsWith(
            "pveum user token modify 'root@pam' 'exporter' --privsep 1"
                + " && pveum acl modify / --tokens 'root@pam!exporter' --roles PVEAuditor; ");
    assertThat(PrivilegeAdvice.of(new Rights(List.of(), Set.of()), "monitor@pve")).isEmpty();
  }
}
