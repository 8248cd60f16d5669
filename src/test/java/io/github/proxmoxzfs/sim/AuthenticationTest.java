package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private final SettableClock clock = new SettableClock("2026-11-22T10:00:00Z");

  private final Simulator simulator =
      Simulator.start(
          Scenario.builder("one").node("pve1", ZoneId.of("Etc/UTC")).build(),
          SimulatorOptions.forTests().withClock(clock));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void ticketOpensForTwoHours() throws IOException {
    var cookie = "Cookie: PVEAuthCookie=" + Logins.ticket(simulator, Logins.MONITOR);
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("200 OK");
    clock.advance(Duration.ofHours(2));
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("200 OK");
    clock.advance(Duration.ofSeconds(1));
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("401 Authentication failed!");
  }

  @Test
  void ticketFromTheFutureOpensForLessThanFiveMinutes() throws IOException {
    var cookie = "Cookie: PVEAuthCookie=" + Logins.ticket(simulator, Logins.MONITOR);
    clock.advance(Duration.ofSeconds(-299));
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("200 OK");
    clock.advance(Duration.ofSeconds(-1));
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("401 Authentication failed!");
  }

  @Test
  void ticketInPlaceOfThePasswordGivesAFreshOne() throws IOException {
    var old = Logins.ticket(simulator, Logins.MONITOR);
    clock.advance(Duration.ofSeconds(7100));
    var renewed = Logins.ticket(simulator, "username=monitor@pve&password=" + encode(old));
    clock.advance(Duration.ofSeconds(110));
    assertThat(renewed).startsWith("PVE:monitor@pve:").isNotEqualTo(old);
    assertThat(Logins.statusWith(simulator, "Cookie: PVEAuthCookie=" + renewed))
        .isEqualTo("200 OK");
    assertThat(Logins.statusWith(simulator, "Cookie: PVEAuthCookie=" + old))
        .isEqualTo("401 Authentication failed!");
  }

  @Test
  void otherUsersTicketIsNoPassword() throws IOException {
    var ticket = Logins.ticket(simulator, Logins.MONITOR);
    var answer = Logins.post(simulator, "username=nopriv@pve&password=" + encode(ticket));
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 authentication failure");
  }

  @Test
  void percentEncodedCookieIsUnderstood() throws IOException {
    var ticket = Logins.ticket(simulator, Logins.MONITOR);
    assertThat(Logins.statusWith(simulator, "Cookie: PVEAuthCookie=" + encode(ticket)))
        .isEqualTo("200 OK");
  }

  @Test
  void cookieIsFoundOnlyAfterABlank() throws IOException {
    var ticket = Logins.ticket(simulator, Logins.MONITOR);
    assertThat(Logins.statusWith(simulator, "Cookie: lang=en; PVEAuthCookie=" + ticket))
        .isEqualTo("200 OK");
    assertThat(Logins.statusWith(simulator, "Cookie: lang=en;PVEAuthCookie=" + ticket))
        .isEqualTo("401 No ticket");
    assertThat(Logins.statusWith(simulator, "Cookie: PVEAuthCookie=\"" + ticket + "\""))
        .isEqualTo("401 Authentication failed!");
  }

  @Test
  void badCookieWinsOverAGoodToken() throws IOException {
    assertThat(
            Logins.statusWith(
                simulator,
                "Cookie: PVEAuthCookie=PVE:monitor@pve:00000000::garbage",
                "Authorization: PVEAPIToken=" + Credentials.MONITOR_TOKEN))
        .isEqualTo("401 Authentication failed!");
  }

  @Test
  void halfTicketOfASecondFactorOpensNothing() throws IOException {
    var ticket = Logins.ticket(simulator, "username=tfa@pve&password=tfa-password");
    assertThat(ticket).startsWith("PVE:!tfa!");
    assertThat(Logins.statusWith(simulator, "Cookie: PVEAuthCookie=" + encode(ticket)))
        .isEqualTo("401 Authentication failed!");
    assertThat(Logins.statusWith(simulator, "Authorization: PVEAPIToken=" + Credentials.TFA_TOKEN))
        .isEqualTo("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer " + Credentials.MONITOR_TOKEN,
        "pveapitoken=" + Credentials.MONITOR_TOKEN,
        "Basic bW9uaXRvckBwdmU6bW9uaXRvci1wYXNzd29yZA=="
      })
  void otherSchemesAreNoTicket(String authorization) throws IOException {
    assertThat(Logins.statusWith(simulator, "Authorization: " + authorization))
        .isEqualTo("401 No ticket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "monitor@pve!exporter:11111111-1111-4111-8111-111111111111",
        "monitor@pve!exporter=11111111-1111-4111-8111-111111111112",
        "monitor@pve!other=11111111-1111-4111-8111-111111111111",
        "nobody@pve!exporter=11111111-1111-4111-8111-111111111111"
      })
  void wrongTokenFails(String token) throws IOException {
    assertThat(Logins.statusWith(simulator, "Authorization: PVEAPIToken=" + token))
        .isEqualTo("401 Authentication failed!");
  }

  @Test
  void revokedTicketsOpenNothingUntilTheNextLogin() throws IOException {
    var cookie = "Cookie: PVEAuthCookie=" + Logins.ticket(simulator, Logins.MONITOR);
    simulator.revokeTickets();
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("401 Authentication failed!");
    var next = "Cookie: PVEAuthCookie=" + Logins.ticket(simulator, Logins.MONITOR);
    assertThat(Logins.statusWith(simulator, next)).isEqualTo("200 OK");
  }

  @Test
  void loginsCanBeRefusedForAWhile() throws IOException {
    simulator.refuseLogins();
    assertThat(Logins.post(simulator, Logins.MONITOR).statusLine())
        .isEqualTo("HTTP/1.1 401 authentication failure");
    simulator.restore("/access/ticket");
    assertThat(Logins.post(simulator, Logins.MONITOR).statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void loginTakesJsonAndQueryToo() throws IOException {
    var json = "{\"username\":\"monitor@pve\",\"password\":\"monitor-password\"}";
    assertThat(postAs(json, "application/json", "")).isEqualTo("HTTP/1.1 200 OK");
    assertThat(postAs("", "application/x-www-form-urlencoded", "?" + Logins.MONITOR))
        .isEqualTo("HTTP/1.1 200 OK");
    assertThat(postAs(Logins.MONITOR, "text/plain", ""))
        .isEqualTo("HTTP/1.1 506 upload 'Content-Type 'text/plain' not implemented");
  }

  @Test
  void unencodedPasswordIsTakenApart() throws IOException {
    simulator.access(simulator.access().withUser("odd@pve", "a;b=c+d", false));
    assertThat(Logins.post(simulator, "username=odd@pve&password=a;b=c+d").statusLine())
        .isEqualTo("HTTP/1.1 400 Parameter verification failed.");
    assertThat(
            Logins.post(simulator, "username=odd@pve&password=" + encode("a;b=c+d")).statusLine())
        .isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void deletedUsersTicketAndTokenFail() throws IOException {
    var cookie = "Cookie: PVEAuthCookie=" + Logins.ticket(simulator, Logins.MONITOR);
    simulator.access(simulator.access().without(Credentials.MONITOR_USER));
    assertThat(Logins.statusWith(simulator, cookie)).isEqualTo("401 Authentication failed!");
    assertThat(
            Logins.statusWith(simulator, "Authorization: PVEAPIToken=" + Credentials.MONITOR_TOKEN))
        .isEqualTo("401 Authentication failed!");
  }

  @Test
  void separatedTokenHasNoMoreThanItsUser() throws IOException {
    simulator.access(simulator.access().withoutGrants(Credentials.MONITOR_USER));
    assertThat(poolsStatus()).isEqualTo("HTTP/1.1 403 Permission check failed (/, Sys.Audit)");
  }

  @Test
  void separatedTokenNeedsItsOwnGrants() throws IOException {
    simulator.access(simulator.access().withoutGrants("monitor@pve!exporter"));
    assertThat(poolsStatus()).isEqualTo("HTTP/1.1 403 Permission check failed (/, Sys.Audit)");
  }

  @Test
  void grantThatDoesNotPropagateHoldsOnItsPathOnly() throws IOException {
    var audit = Set.of("Sys.Audit");
    simulator.access(
        simulator
            .access()
            .withGrant(Credentials.MONITOR_USER, "/", false, audit)
            .withGrant("monitor@pve!exporter", "/", false, audit));
    assertThat(poolsStatus()).isEqualTo("HTTP/1.1 200 OK");
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get("/nodes/pve1/time").orElseThrow().statusLine())
          .isEqualTo("HTTP/1.1 403 Permission check failed (/nodes/pve1, Sys.Audit)");
    }
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get("/access/permissions").orElseThrow().body())
          .isEqualTo("{\"data\":{\"/\":{\"Sys.Audit\":0}}}");
    }
  }

  private String poolsStatus() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client.get("/nodes/pve1/disks/zfs").orElseThrow().statusLine();
    }
  }

  private String postAs(String body, String type, String query) throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client
          .exchangeWithBody(
              body,
              "POST /api2/json/access/ticket" + query + " HTTP/1.1",
              "Content-Type: " + type,
              "Content-Length: " + body.length())
          .orElseThrow()
          .statusLine();
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
