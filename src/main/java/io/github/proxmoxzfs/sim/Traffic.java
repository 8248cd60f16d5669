package io.github.proxmoxzfs.sim;

/// What the simulator's port has seen since its start.
///
/// @param connectionsOpened connections that were accepted
/// @param connectionsOpen those of them that are open now
/// @param fullHandshakes TLS handshakes in which the certificate was sent
/// @param resumedHandshakes those that resumed a session
/// @param failedHandshakes those that were not finished, for whatever reason
/// @param logins `POST /access/ticket`, refused ones too
public record Traffic(
    long connectionsOpened,
    int connectionsOpen,
    long fullHandshakes,
    long resumedHandshakes,
    long failedHandshakes,
    long logins) {}
