/// Turns a snapshot into metric families: pure functions, one collector a file.
@NullMarked
package io.github.proxmoxzfs.metrics;

import org.jspecify.annotations.NullMarked;
