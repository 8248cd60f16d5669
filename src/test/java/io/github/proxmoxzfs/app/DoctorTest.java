package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.Appearance;
import io.github.proxmoxzfs.terminal.CheckLine;
import io.github.proxmoxzfs.terminal.CheckScreen;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
  private static final String TOKEN = "monitor@pve!exporter";
  private static final String USER = "monitor@pve";
  private static final String SECRET = "11111111-1111-4111-8111-111111111111";

  /// A grant in the words of `pveum`.
  private static final Pattern GRANT =
      Pattern.compile("pveum acl modify (\\S+) --(?:users|tokens) '([^']+)' --roles PVEAuditor");

  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests());

  @AfterEach
  void end() {
    simulator.close();
  }

  private List<CheckLine> check(Trust trust, URI endpoint, String secret) {
    var cluster =
        ClusterConfiguration.of(
            "home", List.of(endpoint), new Credential.Token(TOKEN, new Secret(secret)), trust);
    return Doctor.of(
        new Configuration(List.of(cluster), Format.YAML, Optional.empty(), List.of()),
        UnansweredGuards.NONE);
  }

  private List<CheckLine> check() {
    return check(pinned(), simulator.endpoint(), SECRET);
  }

  private static Trust pinned() {
    return new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint()));
  }

  private static List<CheckLine> wrong(List<CheckLine> lines) {
    return lines.stream().filter(line -> line.severity() != Severity.HEALTHY).toList();
  }

  private static CheckLine only(List<CheckLine> lines, String subject) {
    return lines.stream()
        .filter(line -> line.subject().equals(subject))
        .reduce(
            (one, other) -> {
              throw new AssertionError("two lines of " + subject + ": " + one + other);
            })
        .orElseThrow(() -> new AssertionError("no line of " + subject + " in " + lines));
  }

  @Test
  void allIsWellOnAHealthyCluster() {
    List<CheckLine> lines = check();
    assertThat(wrong(lines)).isEmpty();
    assertThat(lines)
        .extracting(CheckLine::subject)
        .contains("login", "rights", "pve1 pools", "pve1 tank", "pve1 zone", "replication");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sys.Audit", "Datastore.Audit", "VM.Audit"})
  void aMissingPrivilegeIsNamedAndThePrintedCommandsMendIt(String privilege) {
    Set<String> rest = new HashSet<>(AccessList.AUDITOR);
    rest.remove(privilege);
    simulator.access(AccessList.defaults().withGrant(TOKEN, "/", true, rest));
    CheckLine rights = only(check(), "rights");
    assertThat(rights.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(rights.finding()).contains("missing").contains(privilege);
    apply(rights.remedies());
    assertThat(wrong(check())).isEmpty();
  }

  @Test
  void aCredentialWithoutAnyRightIsMendedByThePrintedCommands() {
    simulator.access(AccessList.defaults().withoutGrants(TOKEN).withoutGrants(USER));
    CheckLine rights = only(check(), "rights");
    assertThat(rights.finding()).contains("Sys.Audit", "Datastore.Audit", "VM.Audit");
    apply(rights.remedies());
    assertThat(wrong(check())).isEmpty();
  }

  @Test
  void tooManyPrivilegesAreAWarning() {
    Set<String> more = new HashSet<>(AccessList.AUDITOR);
    more.add("VM.PowerMgmt");
    simulator.access(
        AccessList.defaults().withGrant(TOKEN, "/", true, more).withGrant(USER, "/", true, more));
    CheckLine rights = only(check(), "rights");
    assertThat(rights.severity()).isEqualTo(Severity.WARNING);
    assertThat(rights.finding()).contains("VM.PowerMgmt").doesNotContain("Audit");
    apply(rights.remedies());
    assertThat(wrong(check())).isEmpty();
  }

  /// Does what printed commands say, to the simulator's access list.
  private void apply(List<String> commands) {
    AccessList access = simulator.access();
    Matcher grant = GRANT.matcher(String.join("\n", commands));
    boolean found = false;
    while (grant.find()) {
      found = true;
      access = access.withGrant(grant.group(2), grant.group(1), true, AccessList.AUDITOR);
    }
    assertThat(found).as("a command in %s", commands).isTrue();
    simulator.access(access);
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamedWithTheLineThatAcceptsIt() {
    List<CheckLine> lines = check(new Trust.SystemAuthorities(), simulator.endpoint(), SECRET);
    CheckLine trust = only(lines, "trust");
    assertThat(trust.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(trust.remedies())
        .containsExactly("fingerprints: [\"" + ServerCertificate.PROXMOX.fingerprint() + "\"]");
    assertThat(trust.finding()).doesNotContain("fingerprints:", "would accept it");
    var narrow = new Appearance(40, false, true);
    assertThat(CheckScreen.of(lines, narrow))
        .contains("     → fingerprints: [\"" + ServerCertificate.PROXMOX.fingerprint() + "\"]");
  }

  @Test
  void certificatesThatAreNotVerifiedAreAWarning() {
    assertThat(only(check(new Trust.None(), simulator.endpoint(), SECRET), "trust").remedies())
        .containsExactly("fingerprints: [\"" + ServerCertificate.PROXMOX.fingerprint() + "\"]");
  }

  @Test
  void aRefusedTokenIsToldWithoutItsSecret() {
    String wrongSecret = "22222222-2222-4222-8222-222222222222";
    List<CheckLine> lines = check(pinned(), simulator.endpoint(), wrongSecret);
    CheckLine login = only(lines, "login");
    assertThat(login.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(login.remedies()).anyMatch(line -> line.contains("pveum user token list"));
    assertThat(CheckScreen.json(lines) + CheckScreen.of(lines, Appearance.PLAIN))
        .doesNotContain(wrongSecret);
  }

  @Test
  void aClosedPortIsTheEndOfTheWalk() {
    simulator.close();
    List<CheckLine> lines = check();
    assertThat(wrong(lines)).hasSize(1);
    assertThat(lines.getLast().subject()).endsWith(" port");
  }

  @Test
  void aNameThatIsNotKnownIsTold() {
    List<CheckLine> lines =
        check(pinned(), URI.create("https://pve1.no.such.host.invalid:8006"), SECRET);
    assertThat(wrong(lines)).hasSize(1);
    assertThat(lines.getLast().finding()).contains("could not be resolved");
  }

  @Test
  void itIsAnObjectOfJsonOnOneLine() {
    String json = CheckScreen.json(check());
    assertThat(json).startsWith("{\"severity\":\"healthy\",\"findings\":[{").doesNotContain("\n");
    assertThat(json).doesNotContain(SECRET, Credentials.MONITOR_PASSWORD);
  }
}
