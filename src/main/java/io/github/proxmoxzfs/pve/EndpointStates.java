package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.ApiActivity;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is known of each endpoint: whether it answered when last asked, and its certificate.
final class EndpointStates {
  private record State(
      Optional<Boolean> up, Optional<Instant> certificateExpires, Optional<Boolean> verified) {
    static final State UNKNOWN = new State(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private final boolean verifies;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  /// @param verifies whether certificates are verified at all
  EndpointStates(boolean verifies) {
    this.verifies = verifies;
  }

  /// It answered, whatever it said.
  ///
  /// @param server `host:port`
  void answered(String server, Optional<X509Certificate> certificate) {
    states.compute(
        server,
        (_, before) -> {
          State known = before == null ? State.UNKNOWN : before;
          return certificate
              .map(
                  shown ->
                      new State(
                          Optional.of(true),
                          Optional.of(shown.getNotAfter().toInstant()),
                          Optional.of(verifies)))
              .orElseGet(
                  () -> new State(Optional.of(true), known.certificateExpires(), known.verified()));
        });
  }

  /// It did not answer.
  void failed(String server) {
    states.merge(
        server,
        new State(Optional.of(false), Optional.empty(), Optional.empty()),
        (known, _) -> new State(Optional.of(false), known.certificateExpires(), known.verified()));
  }

  /// Its certificate was refused.
  void refused(String server, Instant certificateExpires) {
    states.put(
        server, new State(Optional.of(false), Optional.of(certificateExpires), Optional.of(false)));
  }

  List<ApiActivity.Endpoint> of(List<URI> endpoints) {
    return endpoints.stream()
        .map(Transport::server)
        .distinct()
        .map(
            server -> {
              State state = states.getOrDefault(server, State.UNKNOWN);
              return new ApiActivity.Endpoint(
                  server, state.up(), state.certificateExpires(), state.verified());
            })
        .toList();
  }
}
