package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/// How the simulator behaves, whatever cluster it plays.
///
/// @param port the port on 127.0.0.1; 0 for a free one
/// @param clock the cluster's clock: ticket ages, `/nodes/{n}/time`, the numbers in `/nodes`,
///   placeholders in answers
/// @param certificate the certificate to show
/// @param refusalDelay how long a 401 takes
/// @param noRouteDelay how long `595 No route to host` takes
/// @param timeout how long `595` and `596 Connection timed out` take: how long pveproxy waits for
///   what it handed on. Zero: what would never be answered fails at once, all else is waited for
/// @param idleTimeout after how long a connection that has served a request is closed when idle
/// @param callDelay how long each `disks/zfs` call keeps a worker
/// @param keyOrderSeed orders the keys of JSON objects at random, as Perl does; empty: as recorded
/// @param waiting how delays, time-outs and calls that wait for a worker wait
public record SimulatorOptions(
    int port,
    InstantSource clock,
    ServerCertificate certificate,
    Duration refusalDelay,
    Duration noRouteDelay,
    Duration timeout,
    Duration idleTimeout,
    Duration callDelay,
    OptionalLong keyOrderSeed,
    Waiting waiting) {

  /// A free port, the real clock, and the times that a real server takes.
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        0,
        InstantSource.system(),
        ServerCertificate.PROXMOX,
        Duration.ofSeconds(3),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ZERO,
        OptionalLong.of(20201),
        Waiting.inRealTime());
  }

  /// As [#defaults()], but no failure takes time.
  public static SimulatorOptions forTests() {
    return defaults()
        .withRefusalDelay(Duration.ZERO)
        .withNoRouteDelay(Duration.ZERO)
        .withTimeout(Duration.ZERO);
  }

  /// These options with another port.
  public SimulatorOptions withPort(int newPort) {
    return new SimulatorOptions(
        newPort,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another clock.
  public SimulatorOptions withClock(InstantSource newClock) {
    return new SimulatorOptions(
        port,
        newClock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another certificate.
  public SimulatorOptions withCertificate(ServerCertificate newCertificate) {
    return new SimulatorOptions(
        port,
        clock,
        newCertificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another duration of a 401.
  public SimulatorOptions withRefusalDelay(Duration delay) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        delay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another duration of `595 No route to host`.
  public SimulatorOptions withNoRouteDelay(Duration delay) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        delay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another duration of `595` and `596 Connection timed out`.
  public SimulatorOptions withTimeout(Duration newTimeout) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        newTimeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another life of idle connections.
  public SimulatorOptions withIdleTimeout(Duration newIdleTimeout) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        newIdleTimeout,
        callDelay,
        keyOrderSeed,
        waiting);
  }

  /// These options with another duration of each `disks/zfs` call.
  public SimulatorOptions withCallDelay(Duration delay) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        delay,
        keyOrderSeed,
        waiting);
  }

  /// These options with keys in the order of the recording.
  public SimulatorOptions withRecordedKeyOrder() {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        OptionalLong.empty(),
        waiting);
  }

  /// These options with another way to wait.
  public SimulatorOptions withWaiting(Waiting newWaiting) {
    return new SimulatorOptions(
        port,
        clock,
        certificate,
        refusalDelay,
        noRouteDelay,
        timeout,
        idleTimeout,
        callDelay,
        keyOrderSeed,
        newWaiting);
  }
}
