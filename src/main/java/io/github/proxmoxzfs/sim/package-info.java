/// A Proxmox VE API over real TLS on loopback, for tests and `demo`; it knows nothing of our model.
@NullMarked
package io.github.proxmoxzfs.sim;

import org.jspecify.annotations.NullMarked;
