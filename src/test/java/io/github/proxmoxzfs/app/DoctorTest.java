package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.ConnectionFault;
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
import java.time.Duration;
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
    return check(cluster);
  }

  private static List<CheckLine> check(ClusterConfiguration cluster) {
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
        .contains(
            "login", "rights", "pve1 pools", "pve1 tank", "pve1 zone", "replication", "pve1 SMART");
    assertThat(only(lines, "pve1 SMART").finding()).endsWith("tells it");
    assertThat(simulator.requestCount("/nodes/pve1/disks/smart")).isEqualTo(1);
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

  /// Proxmox tells no more than that zpool failed.
  @Test
  void whatFailsOfAPoolNamesTheCommandThatTellsWhy() {
    simulator.answer(
        "/nodes/pve2/disks/zfs/media",
        Answer.error(500, "command '/sbin/zpool status -P media' failed: exit code 1"));
    assertThat(only(check(), "pve2 media").remedies())
        .containsExactly("zpool status -P media   # on that node: what does it say?");
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

  private static int exitCode(List<CheckLine> lines) {
    return CheckScreen.worst(lines).exitCode();
  }

  @Test
  void theExitCodeTellsHowBadItIs() {
    assertThat(exitCode(check())).isEqualTo(0);
    assertThat(exitCode(check(new Trust.None(), simulator.endpoint(), SECRET))).isEqualTo(1);
    simulator.close();
    assertThat(exitCode(check())).isEqualTo(2);
  }

  private List<CheckLine> checkWithPassword(String password) {
    return check(
        ClusterConfiguration.of(
            "home",
            List.of(simulator.endpoint()),
            new Credential.Password(USER, new Secret(password)),
            pinned()));
  }

  @Test
  void aPasswordDoesAsWell() {
    List<CheckLine> lines = checkWithPassword(Credentials.MONITOR_PASSWORD);
    assertThat(wrong(lines)).isEmpty();
    assertThat(only(lines, "login").finding()).isEqualTo("as " + USER);
    assertThat(CheckScreen.json(lines)).doesNotContain(Credentials.MONITOR_PASSWORD);
  }

  @Test
  void aRefusedPasswordIsToldWithoutItself() {
    List<CheckLine> lines = checkWithPassword("not-the-password");
    CheckLine login = only(lines, "login");
    assertThat(login.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(login.remedies()).containsExactly("pveum user list", "pveum passwd '" + USER + "'");
    assertThat(CheckScreen.json(lines)).doesNotContain("not-the-password");
  }

  @Test
  void theRightsOfAUserAreMendedToo() {
    simulator.access(AccessList.defaults().withoutGrants(USER));
    CheckLine rights = only(checkWithPassword(Credentials.MONITOR_PASSWORD), "rights");
    assertThat(rights.remedies())
        .containsExactly("pveum acl modify / --users 'monitor@pve' --roles PVEAuditor");
    apply(rights.remedies());
    assertThat(wrong(checkWithPassword(Credentials.MONITOR_PASSWORD))).isEmpty();
  }

  @Test
  void aDiskThatDoesNotAnswerIsToldAndIsNoFault() {
    simulator.answer("/nodes/pve1/disks/smart", Answer.json("{\"data\":{\"health\":\"UNKNOWN\"}}"));
    List<CheckLine> lines = check();
    assertThat(only(lines, "pve1 SMART").finding()).endsWith("does not answer");
    assertThat(wrong(lines)).isEmpty();
  }

  @Test
  void aNodeThatFailsToAnswerForSmartIsTold() {
    simulator.answer("/nodes/pve1/disks/smart", Answer.empty(595, "Connection refused"));
    assertThat(wrong(check()))
        .singleElement()
        .extracting(CheckLine::subject)
        .isEqualTo("pve1 SMART");
  }

  @Test
  void thatTheExporterAsksForNoSmartIsTold() {
    var one =
        ClusterConfiguration.of(
                "home",
                List.of(simulator.endpoint()),
                new Credential.Token(TOKEN, new Secret(SECRET)),
                pinned())
            .withRequests(new Requests(1, 8, Duration.ZERO));
    CheckLine smart = only(check(one), "SMART");
    assertThat(smart.severity()).isEqualTo(Severity.WARNING);
    assertThat(smart.remedies()).singleElement().asString().startsWith("requests: {per_node: 2}");
  }

  /// As where a firewall drops packets, or the endpoint hangs: each step has its time.
  @Test
  void anEndpointThatIsSilentIsTheEndOfTheWalk() {
    simulator.fault(ConnectionFault.SILENT);
    List<CheckLine> lines = check();
    assertThat(wrong(lines))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.subject()).endsWith(" TLS");
              assertThat(line.finding()).contains("no TLS handshake was made in time");
            });
  }

  /// An address of documentation (RFC 5737), to which there is no way, or none that answers.
  @Test
  void withoutANetworkTheFirstStepThatFailsIsTold() {
    List<CheckLine> lines = check(pinned(), URI.create("https://192.0.2.1:8006"), SECRET);
    assertThat(wrong(lines)).hasSize(1);
    assertThat(lines.getLast().subject()).isEqualTo("192.0.2.1:8006 port");
    assertThat(lines.getLast().finding()).doesNotContain("Exception", "null");
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
