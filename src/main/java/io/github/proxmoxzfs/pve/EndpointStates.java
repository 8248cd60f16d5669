package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.ApiActivity;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// What is known of each endpoint: whether it answered when last asked, and its certificate.
final class EndpointStates {
  /// @param lostNanos when it was last found out of reach; empty if it never was
  private record State(
      Optional<Boolean> up,
      Optional<Instant> certificateExpires,
      Optional<Boolean> verified,
      Optional<Long> lostNanos) {
    static final State UNKNOWN =
        new State(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Several requests are under way at once. One that was answered just before the endpoint went
    /// may be heard of after those that were lost with it, and says nothing of it any more.
    boolean wasLostSince(long begunNanos) {
      return lostNanos.filter(lost -> begunNanos - lost < 0).isPresent();
    }

    State up(boolean isUp) {
      return new State(Optional.of(isUp), certificateExpires, verified, lostNanos);
    }
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
  /// @param begunNanos when it was asked
  void answered(String server, Optional<X509Certificate> certificate, long begunNanos) {
    change(
        server,
        known ->
            known.wasLostSince(begunNanos)
                ? known
                : certificate
                    .map(
                        shown ->
                            new State(
                                Optional.of(true),
                                Optional.of(shown.getNotAfter().toInstant()),
                                Optional.of(verifies),
                                known.lostNanos()))
                    .orElseGet(() -> known.up(true)));
  }

  /// It did not answer.
  void failed(String server) {
    change(server, known -> known.up(false));
  }

  /// It could not be reached, so that not even what it was asked before counts for it.
  void lost(String server, long nowNanos) {
    change(
        server,
        known ->
            new State(
                Optional.of(false),
                known.certificateExpires(),
                known.verified(),
                Optional.of(nowNanos)));
  }

  private void change(String server, UnaryOperator<State> change) {
    states.compute(server, (_, known) -> change.apply(known == null ? State.UNKNOWN : known));
  }

  /// Its certificate was refused.
  void refused(String server, Instant certificateExpires) {
    states.put(
        server,
        new State(
            Optional.of(false),
            Optional.of(certificateExpires),
            Optional.of(false),
            Optional.empty()));
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
