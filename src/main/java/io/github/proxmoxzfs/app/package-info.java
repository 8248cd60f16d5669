/// Wires everything: the commands, signals, exit codes and logging.
@NullMarked
package io.github.proxmoxzfs.app;

import org.jspecify.annotations.NullMarked;
