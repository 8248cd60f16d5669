package io.github.proxmoxzfs.pve;

/// Hears what is asked of a cluster and what it answers. It is called on the threads that ask, by
/// many at once.
public interface AnswerListener {
  /// A question was answered, with any status.
  ///
  /// @param path what was asked, below `/api2/json`, percent-encoded
  /// @param status the HTTP status
  /// @param body the whole body, as it came
  void answered(String path, int status, byte[] body);

  /// A question was not answered, or not in time.
  ///
  /// @param path what was asked
  void unanswered(String path);

  /// Nobody listens.
  AnswerListener NONE =
      new AnswerListener() {
        @Override
        public void answered(String path, int status, byte[] body) {}

        @Override
        public void unanswered(String path) {}
      };
}
