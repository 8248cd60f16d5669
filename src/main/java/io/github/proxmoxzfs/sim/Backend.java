package io.github.proxmoxzfs.sim;

import io.github.proxmoxzfs.sim.Answer.Delivery;
import io.github.proxmoxzfs.sim.Api.Reply;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Answers requests whichever door they came in by: decides, hands on to the node, and keeps the
/// log.
///
/// @param api what decides
/// @param nodes what works on it
/// @param log what was asked
record Backend(Api api, SimulatedNodes nodes, RequestLog log) {
  private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

  /// The answer of a request; [#answered(ReceivedRequest)] must follow. Empty if the simulator is
  /// closed.
  Optional<Reply> answer(ReceivedRequest request, Waiting waiting) throws InterruptedException {
    log.begin(request);
    Reply reply;
    try {
      reply = api.answer(request);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "The simulator failed.", "request", request, "error", e);
      return Optional.of(Reply.ofProxy(Answer.error(500, "the simulator failed")));
    }
    if (reply.task().isEmpty()) {
      return Optional.of(reply);
    }
    var task = reply.task().get();
    return switch (nodes.queue(task.node()).await(task, waiting)) {
      case ANSWERED -> Optional.of(reply);
      case TIMED_OUT -> Optional.of(new Reply(Api.TIMED_OUT, reply.server(), reply.otherNode()));
      case LOST -> Optional.of(lost(reply));
      case CLOSED -> Optional.empty();
    };
  }

  /// The request is no longer in service.
  void answered(ReceivedRequest request) {
    log.end(request);
  }

  /// AnyEvent::HTTP: 596 for what fails after the request was sent. The node that is spoken to
  /// takes the connection with it.
  private static Reply lost(Reply reply) {
    var answer = Answer.empty(596, "Connection reset by peer");
    return Reply.ofProxy(reply.otherNode() ? answer : answer.delivered(new Delivery.Reset()));
  }
}
