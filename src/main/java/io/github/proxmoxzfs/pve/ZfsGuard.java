package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading.Failed;
import java.time.Instant;
import java.util.Optional;

/// Knows of zfs requests that outlive a process, which a [ProxmoxClient] alone cannot: an API
/// worker of a node hangs on after the command that asked has ended. It is called on the threads
/// that ask, by many at once.
public interface ZfsGuard {
  /// Why a node's zfs questions are not to be asked; empty if they are.
  ///
  /// @param runningSince since when the node runs, where the cluster told
  Optional<Failed<?>> refusal(String node, Optional<Instant> runningSince);

  /// A question is sent to a node that runs `zpool` for it.
  ///
  /// @param path what is asked, below `/api2/json`
  /// @param runningSince since when the node runs, where the cluster told
  Question asked(String node, String path, Optional<Instant> runningSince);

  /// A question under way. One of its methods is called, once; none if the process ends before.
  interface Question {
    /// The node answered, if only with an error.
    void answered();

    /// Nothing was left behind on the node: it never came to answer, or failed at once.
    void notServed();

    /// It was given up, and the node may still be at it.
    void lost();
  }

  /// Guards nothing.
  ZfsGuard NONE =
      new ZfsGuard() {
        @Override
        public Optional<Failed<?>> refusal(String node, Optional<Instant> runningSince) {
          return Optional.empty();
        }

        @Override
        public Question asked(String node, String path, Optional<Instant> runningSince) {
          return new Question() {
            @Override
            public void answered() {}

            @Override
            public void notServed() {}

            @Override
            public void lost() {}
          };
        }
      };
}
