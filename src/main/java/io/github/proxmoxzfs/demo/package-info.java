/// What the demo needs to be watched by a real Prometheus and Alertmanager: rules and routes with
/// shortened times, the processes, and a receiver of notifications.
@NullMarked
package io.github.proxmoxzfs.demo;

import org.jspecify.annotations.NullMarked;
