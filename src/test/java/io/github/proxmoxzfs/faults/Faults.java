package io.github.proxmoxzfs.faults;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Answer.Delivery;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.ServerCertificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// The faults that are played.
final class Faults {
  /// What breaks, and the reason that is told for it in each [Phase], in their order; `-` where
  /// nothing is lost. The first line is that of a cluster of one endpoint, the second one that of a
  /// cluster with another endpoint that works.
  static final List<Fault> ALL =
      List.of(
          new Fault(
              "connections are refused",
              connections(ConnectionFault.REFUSED),
              "unreachable unreachable unreachable unreachable unreachable",
              "- - - - -"),
          new Fault(
              "packets are dropped",
              connections(ConnectionFault.DROPPED),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - - - -"),
          new Fault(
              "connections are reset",
              connections(ConnectionFault.RESET),
              "unreachable unreachable unreachable unreachable unreachable",
              "- - - - -"),
          new Fault(
              "connections are accepted, then silence",
              connections(ConnectionFault.SILENT),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - - - -"),
          new Fault(
              "requests are read, none is answered any more",
              connections(ConnectionFault.SILENT_AFTER_REQUEST),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - - - -"),
          new Fault(
              "the TLS handshake is refused",
              connections(ConnectionFault.HANDSHAKE_FAILURE),
              "tls tls tls tls tls",
              "- - - - -"),
          new Fault(
              "the port does not speak TLS",
              connections(ConnectionFault.GARBAGE),
              "tls tls tls tls tls",
              "- - - - -"),
          new Fault(
              "the certificate changed",
              certificate(ServerCertificate.OTHER_AUTHORITY),
              "tls tls tls tls tls",
              "- - - - -"),
          new Fault(
              "this request alone is not answered",
              sent(whole -> whole.delivered(new Delivery.Silence())),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - timed_out timed_out timed_out"),
          new Fault(
              "headers arrive, the body does not",
              sent(whole -> whole.delivered(new Delivery.StalledBody())),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - timed_out timed_out timed_out"),
          new Fault(
              "status line and headers come a byte a second",
              sent(whole -> whole.delivered(new Delivery.SlowHead(1, Duration.ofSeconds(1)))),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - timed_out timed_out timed_out"),
          new Fault(
              "the body comes a byte a second",
              sent(whole -> whole.delivered(new Delivery.Slow(1, Duration.ofSeconds(1)))),
              "timed_out timed_out timed_out timed_out timed_out",
              "- - timed_out timed_out timed_out"),
          new Fault(
              "the connection is reset instead of an answer",
              sent(whole -> whole.delivered(new Delivery.Reset())),
              "unreachable unreachable unreachable unreachable unreachable",
              "- - - - -"),
          new Fault(
              "the connection is reset in the body",
              sent(whole -> whole.delivered(new Delivery.ResetInBody(9))),
              "malformed|unreachable malformed|unreachable malformed|unreachable malformed|unreachable malformed|unreachable",
              "- - - - -"),
          new Fault(
              "the connection is closed in the body",
              sent(whole -> whole.delivered(new Delivery.Truncated(9))),
              "malformed malformed malformed malformed malformed",
              "- - - - -"),
          new Fault(
              "401",
              answer(Answer.empty(401, "Authentication failed!")),
              "unauthorized unauthorized unauthorized unauthorized unauthorized",
              "unauthorized unauthorized unauthorized unauthorized unauthorized"),
          new Fault(
              "403 that names a privilege",
              answer(Answer.error(403, "Permission check failed (/, Sys.Audit)")),
              "unauthorized forbidden forbidden forbidden forbidden",
              "unauthorized forbidden forbidden forbidden forbidden"),
          new Fault(
              "500 with a text",
              answer(Answer.error(500, "command '/sbin/zpool list' failed: exit code 1")),
              "api_error api_error api_error api_error api_error",
              "- - api_error api_error api_error"),
          new Fault(
              "595 Connection refused",
              answer(Answer.empty(595, "Connection refused")),
              "node_unreachable node_unreachable node_unreachable node_unreachable node_unreachable",
              "- - node_unreachable node_unreachable node_unreachable"),
          new Fault(
              "596 Connection timed out",
              answer(Answer.empty(596, "Connection timed out")),
              "node_unreachable node_unreachable node_unreachable node_unreachable node_unreachable",
              "- - node_unreachable node_unreachable node_unreachable"),
          new Fault(
              "599 Too many redirections",
              answer(Answer.empty(599, "Too many redirections")),
              "node_unreachable node_unreachable node_unreachable node_unreachable node_unreachable",
              "- - node_unreachable node_unreachable node_unreachable"),
          new Fault(
              "200 with a page of HTML",
              answer(Answer.html("<!doctype html><title>Log in</title>")),
              "malformed malformed malformed malformed malformed",
              "- - malformed malformed malformed"),
          new Fault(
              "200 with half of the JSON",
              sent(Faults::cut),
              "malformed malformed malformed malformed malformed",
              "- - malformed malformed malformed"),
          new Fault(
              "200 with data of another type",
              answer(Answer.json("{\"data\":17}")),
              "malformed malformed malformed malformed malformed",
              "malformed malformed malformed malformed malformed"),
          new Fault(
              "200 with fields of other types",
              (scene, phase) -> scene.first().answer(phase.path(), Answer.json(otherFields(phase))),
              "malformed malformed malformed malformed malformed",
              "malformed malformed malformed malformed malformed"),
          new Fault(
              "200 with a body of 5 MiB",
              sent(whole -> whole.delivered(new Delivery.Repeated(5 << 20))),
              "malformed malformed malformed malformed malformed",
              "- - - - -"),
          new Fault(
              "`Connection: close` and `Connection: Keep-Alive`",
              sent(whole -> whole.withHeader("Connection", "close")),
              "- - - - -",
              "- - - - -"),
          new Fault(
              "our clock jumps ahead by a day",
              (scene, _) -> scene.ours().jump(Duration.ofDays(1)),
              "- - - - -",
              "- - - - -"),
          new Fault(
              "our clock jumps back by a day",
              (scene, _) -> scene.ours().jump(Duration.ofDays(-1)),
              "- - - - -",
              "- - - - -"),
          new Fault(
              "the nodes' clocks jump ahead by a day",
              (scene, _) -> scene.theirs().jump(Duration.ofDays(1)),
              "- - - - -",
              "- - - - -"),
          new Fault(
              "the nodes' clocks jump back by a day",
              (scene, _) -> scene.theirs().jump(Duration.ofDays(-1)),
              "- - - - -",
              "- - - - -"));

  private Faults() {}

  /// From now on all connections fail so; those that were open are closed.
  private static Fault.Strike connections(ConnectionFault fault) {
    return (scene, _) -> {
      closeConnections(scene);
      scene.first().fault(fault);
    };
  }

  private static Fault.Strike certificate(ServerCertificate certificate) {
    return (scene, _) -> {
      closeConnections(scene);
      scene.first().certificate(certificate);
    };
  }

  /// Closes the connections that are open, and waits until the client has noticed: a request that
  /// finds several of them dead is lost, whatever else happens.
  private static void closeConnections(Scene scene) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(10));
    do {
      scene.first().closeIdleConnections();
      LockSupport.parkNanos(1_000_000);
    } while (Sockets.openTo(scene.first().endpoint().getPort()) > 0 && !deadline.isOver());
  }

  /// The question of the phase is always answered so.
  private static Fault.Strike answer(Answer answer) {
    return (scene, phase) -> scene.first().answer(phase.path(), answer);
  }

  /// The right answer is sent so.
  private static Fault.Strike sent(UnaryOperator<Answer> how) {
    return (scene, phase) ->
        scene.first().answer(phase.path(), how.apply(Answer.json(scene.rightAnswer(phase))));
  }

  private static Answer cut(Answer whole) {
    return whole.withBody(Arrays.copyOf(whole.body(), whole.body().length / 2));
  }

  private static String otherFields(Phase phase) {
    return switch (phase) {
      case LOGIN -> "{\"data\":{\"ticket\":17,\"username\":[]}}";
      case NODES -> "{\"data\":[{\"node\":{},\"status\":1}]}";
      case LIST -> "{\"data\":[{\"name\":[],\"size\":\"big\",\"health\":{}}]}";
      case DETAIL -> "{\"data\":{\"name\":[],\"state\":{},\"scan\":17,\"children\":\"none\"}}";
      case TIME -> "{\"data\":{\"time\":\"noon\",\"localtime\":[],\"timezone\":17}}";
    };
  }
}
