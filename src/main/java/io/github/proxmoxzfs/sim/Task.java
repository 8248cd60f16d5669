package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.util.Optional;

/// What pveproxy hands on to have a request answered.
///
/// @param node the node that it is handed to
/// @param path the decoded path below `/api2/json`
/// @param endpoint what is known of the path
/// @param otherNode whether another node than the one spoken to answers
/// @param worker whether it takes a worker of pvedaemon
/// @param service how long the answer takes once it is worked on
record Task(
    String node,
    String path,
    Optional<Endpoint> endpoint,
    boolean otherNode,
    boolean worker,
    Duration service) {}
