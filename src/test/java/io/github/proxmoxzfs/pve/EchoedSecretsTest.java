package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.connection;
import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.sim.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that says what it was sent, in every way that we know of: no piece of it is shown.
class EchoedSecretsTest {
  private static final String USER = "odd user@pve";
  private static final String TOKEN = "11112222-3333-4444-8555-666677778888";

  static List<String> passwords() {
    return List.of(
        "S3cret p@ss&wörd",
        "two  blanks, and  two  more",
        "tab\tand\u0001control\u2028characters",
        "\"quoted\\\" <and> 'tagged' /slash/",
        "50%25+%41=%c3%b6;plus+plus",
        "correct horse battery staple 😀😀😀😀😀😀😀😀",
        "short&ö");
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void noTextOfAnAnswerShowsIt(String secret) throws MalformedException {
    Mask mask = Mask.of(secret);
    for (String echo : echoes(secret)) {
      for (Map.Entry<Integer, String> body : bodies(echo).entrySet()) {
        var answer =
            new Answer(
                body.getKey(),
                body.getValue().getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH,
                mask);
        List<Object> shown = new ArrayList<>();
        shown.add(FailedAnswers.of(answer));
        shown.add(answer.beginning(60));
        if (body.getKey() == 200) {
          shown.add(ClockReader.read(answer.json().get("data"), answer));
        }
        assertShowsNothing(secret, body.getValue(), shown);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void noLoginShowsThePassword(String password) throws IOException {
    var credential = new Credential.Password(USER, new Secret(password));
    for (String answer : answers(password)) {
      try (var server = TlsServer.answering(answer);
          var log = new LoggedLines(ProxmoxClient.class);
          var client = clientOf(credential, address(server))) {
        assertShowsNothing(password, answer, readings(client, log));
      }
    }
  }

  @Test
  void noAnswerShowsTheToken() throws IOException {
    var token = new Credential.Token("monitor@pve!exporter", new Secret(TOKEN));
    for (String answer : answers(TOKEN)) {
      try (var server = TlsServer.answering(answer);
          var log = new LoggedLines(ProxmoxClient.class);
          var client = clientOf(token, address(server))) {
        assertShowsNothing(TOKEN, answer, readings(client, log));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void noAnswerShowsTheTicketOrThePasswordThatItWasGotFor(String password) {
    try (Simulator simulator = SimulatedCluster.start();
        var log = new LoggedLines(ProxmoxClient.class);
        var client =
            new ProxmoxClient(
                connection(new Credential.Password(USER, new Secret(password)), simulator),
                InstantSource.system())) {
      simulator.access(simulator.access().withUser(USER, password, false));
      simulator.answer(
          "/nodes",
          request ->
              io.github.proxmoxzfs.sim.Answer.error(
                  500, password + " " + request.header("cookie").orElse("") + " " + password));
      simulator.answer(
          "/nodes/pve1/time",
          request ->
              io.github.proxmoxzfs.sim.Answer.json(
                  "got " + request.header("cookie").orElseThrow()));
      List<Object> shown = readings(client, log);
      String cookie = simulator.requests().getLast().header("cookie").orElseThrow();
      assertThat(shown.toString()).contains("Proxmox answered 500: ***", "got PVEAuthCookie=");
      assertShowsNothing(password, "", shown);
      assertShowsNothing(cookie.substring(cookie.indexOf("%3A%3A")), "", shown);
    }
  }

  /// What is heard is recorded, and given to others.
  @Test
  void whoListensHearsNoSecret() {
    String password = "correct horse battery staple";
    var heard = Collections.synchronizedList(new ArrayList<Object>());
    try (Simulator simulator = SimulatedCluster.start();
        var client =
            new ProxmoxClient(
                connection(new Credential.Password(USER, new Secret(password)), simulator),
                InstantSource.system(),
                listener(heard),
                ZfsGuard.NONE)) {
      simulator.access(simulator.access().withUser(USER, password, false));
      simulator.answer(
          "/nodes",
          request ->
              io.github.proxmoxzfs.sim.Answer.error(
                  500, password + " " + request.header("cookie").orElse("")));
      simulator.answer(
          "/nodes/pve1/time",
          request ->
              io.github.proxmoxzfs.sim.Answer.json(
                  "got " + request.header("cookie").orElseThrow()));
      var _ = client.nodes(soon());
      var _ = client.clock("pve1", soon());
      String cookie = simulator.requests().getLast().header("cookie").orElseThrow();
      assertThat(heard.toString()).contains("\"message\":\"***", "got PVEAuthCookie=");
      assertShowsNothing(password, "", heard);
      assertShowsNothing(cookie.substring(cookie.indexOf("%3A%3A")), "", heard);
    }
  }

  private static AnswerListener listener(List<Object> heard) {
    return new AnswerListener() {
      @Override
      public void answered(String path, int status, byte[] body) {
        heard.add(path + " " + new String(body, StandardCharsets.UTF_8));
      }

      @Override
      public void unanswered(String path) {
        heard.add(path);
      }
    };
  }

  /// What an endpoint is left for, and logged with.
  @Test
  void noFaultOfAConnectionShowsIt() {
    for (Exception fault :
        List.of(new IOException("got " + TOKEN), new SSLException("got " + TOKEN))) {
      var failed =
          Transport.failure("pve1:8006", new ExecutionException(fault), false, Mask.of(TOKEN));
      assertThat(failed.detail()).contains("pve1:8006").contains(": got ***");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x"})
  void aMaskOfAlmostNothingKeepsTheRest(String secret) {
    assertThat(Mask.of(secret).over("The b:c.")).isEqualTo("The b:c.");
  }

  @Test
  void whatIsNotTheSecretIsKept() {
    assertThat(Mask.of("S3cret p@ss&wörd").over("user=x&password=S3cret%20p%40ss%26w%C3%B6rd&y"))
        .isEqualTo("user=x&password=***&y");
    assertThat(Mask.of("abc").over("abcabd")).isEqualTo("***abd");
    assertThat(Mask.of("S3cret p@ss&wörd").over("cut S3cret p@s")).isEqualTo("cut ***");
    assertThat(Mask.of("S3cret p@ss&wörd").over("cut S3cre")).isEqualTo("cut S3cre");
    assertThat(Mask.of("S3cret")).hasToString("***");
  }

  /// The ways in which a server may write what it got.
  private static List<String> echoes(String secret) {
    String encoded = ServerText.percentEncoded(secret);
    List<String> written =
        List.of(
            secret,
            secret.replaceAll("\\s+", " "),
            encoded,
            encoded.replaceAll("%C3%B6", "%c3%b6"),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            inJson(secret),
            inJson(inJson(secret)),
            secret.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"),
            secret.replace(" ", "\u0000\r\n"));
    List<String> echoes = new ArrayList<>();
    for (String one : written) {
      echoes.add(one);
      echoes.add("user=x&password=" + one + "&y=z");
      for (int cut = 8; cut < one.length(); cut += 5) {
        echoes.add("password=" + one.substring(0, cut));
        echoes.add(one.substring(one.length() - cut) + " was it.");
      }
      for (int before : List.of(40, 45, 50, 180, 185, 190, 225, 780, 790)) {
        echoes.add("-".repeat(before) + " " + one);
        echoes.add(" \n".repeat(before) + one);
      }
    }
    return echoes;
  }

  /// Bodies that hold the echo, each by a status with which its texts are shown.
  private static Map<Integer, String> bodies(String echo) {
    String json = inJson(echo);
    String message = "{\"data\":null,\"message\":\"" + json + "\"}";
    return Map.of(
        401, message,
        500, message,
        403, message,
        400, "{\"errors\":{\"" + json + "\":\"" + json + "\"}}",
        200, "{\"data\":{\"time\":1,\"localtime\":1,\"timezone\":\"" + json + "\"}}");
  }

  /// Whole answers that hold a secret, encoded and where we cut.
  private static List<String> answers(String secret) {
    String form = "username=odd%20user%40pve&password=" + ServerText.percentEncoded(secret);
    List<String> answers = new ArrayList<>();
    for (String echo : List.of(form, "-".repeat(190) + secret)) {
      bodies(echo).forEach((status, body) -> answers.add(answer(status, body)));
    }
    answers.add(answer(200, "-".repeat(50) + secret)); // no JSON
    answers.add("HTTP/1.1 " + form + "\r\n" + form + "\r\n\r\n");
    return answers;
  }

  private static String answer(int status, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 " + status + " Echo\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  private static String inJson(String text) {
    var written = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        written.append('\\').append(character);
      } else if (character < ' ') {
        written.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        written.append(character);
      }
    }
    return written.toString();
  }

  private static List<Object> readings(ProxmoxClient client, LoggedLines log) {
    List<Object> shown = new ArrayList<>();
    List<Supplier<Object>> questions =
        List.of(() -> client.nodes(soon()), () -> client.clock("pve1", soon()));
    questions.forEach(question -> shown.add(question.get()));
    shown.addAll(log.lines());
    return shown;
  }

  private static void assertShowsNothing(String secret, String answer, List<Object> shown) {
    String text = shown.toString();
    for (String form : List.of(secret, ServerText.percentEncoded(secret))) {
      int length = Math.min(8, form.length());
      for (int start = 0; start + length <= form.length(); start++) {
        assertThat(text).as(answer).doesNotContain(form.substring(start, start + length));
      }
    }
  }

  private static ProxmoxClient clientOf(Credential credential, URI... endpoints) {
    return new ProxmoxClient(
        connection(credential, SimulatedCluster.authority(), Optional.empty(), List.of(endpoints)),
        InstantSource.system());
  }

  private static URI address(TlsServer server) {
    return URI.create("https://127.0.0.1:" + server.port());
  }
}
