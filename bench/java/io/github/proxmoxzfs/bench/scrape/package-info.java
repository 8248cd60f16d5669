/// How fast a scrape over the wire is, and what it costs, against what it must take at least.
@NullMarked
package io.github.proxmoxzfs.bench.scrape;

import org.jspecify.annotations.NullMarked;
