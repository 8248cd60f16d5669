package io.github.proxmoxzfs.sim;

/// What becomes of connections to the simulator, whatever they ask for.
public enum ConnectionFault {
  /// Nothing: they work.
  NONE(false),
  /// The port is closed; connections that were open are closed.
  REFUSED(false),
  /// Nobody answers to the attempt to connect, as behind a firewall that drops packets; connections
  /// that were open fall silent. It is made with a full backlog, so on Linux only.
  DROPPED(true),
  /// Connections are accepted, then nothing comes, not even the handshake; those that were open
  /// fall silent.
  SILENT(true),
  /// The handshake works, requests are read, and nothing is answered.
  SILENT_AFTER_REQUEST(true),
  /// Connections are reset, those that were open too.
  RESET(false),
  /// The handshake is refused with a fatal alert, `handshake_failure`; connections that were open
  /// are closed.
  HANDSHAKE_FAILURE(false),
  /// What answers on the port does not speak TLS; connections that were open are closed.
  GARBAGE(false);

  private final boolean silent;

  ConnectionFault(boolean silent) {
    this.silent = silent;
  }

  /// Whether requests on connections that work already stay unanswered.
  boolean silent() {
    return silent;
  }
}
