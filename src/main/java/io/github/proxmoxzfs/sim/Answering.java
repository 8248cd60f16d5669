package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes requests from the door that they came in by to their answers on the wire.
///
/// @param backend what answers
/// @param door what may fail on the way
/// @param connection the connection, where there is one
/// @param waiting how the client waits
/// @param writer where to
record Answering(
    Backend backend,
    Door door,
    Optional<Connection> connection,
    Waiting waiting,
    AnswerWriter writer) {
  /// Answers one request.
  ///
  /// @param keepAlive whether the connection may go on
  /// @return whether it does
  boolean answer(ReceivedRequest request, boolean keepAlive)
      throws IOException, InterruptedException {
    var done = new AtomicBoolean();
    Runnable answered =
        () -> {
          if (done.compareAndSet(false, true)) {
            backend.answered(request);
          }
        };
    try {
      var reply = backend.answer(request, waiting);
      var fault = door.state();
      if (fault.fault().silent()) {
        waiting.await(fault.end());
        return false;
      }
      if (reply.isEmpty()) {
        return false;
      }
      var goesOn = door.sending(request, connection);
      return writer.write(reply.get(), request, keepAlive, answered) && goesOn;
    } finally {
      answered.run();
    }
  }
}
