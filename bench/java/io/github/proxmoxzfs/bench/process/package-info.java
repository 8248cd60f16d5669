/// Benchmarks of the whole process, as the image starts it: memory, start, lateness.
@NullMarked
package io.github.proxmoxzfs.bench.process;

import org.jspecify.annotations.NullMarked;
