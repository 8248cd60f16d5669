/// Asks one cluster, within a deadline, for one [io.github.proxmoxzfs.domain.ClusterSnapshot].
@NullMarked
package io.github.proxmoxzfs.scrape;

import org.jspecify.annotations.NullMarked;
