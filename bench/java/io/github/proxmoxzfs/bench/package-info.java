/// Benchmarks: how time and memory grow with the number of pools.
@NullMarked
package io.github.proxmoxzfs.bench;

import org.jspecify.annotations.NullMarked;
