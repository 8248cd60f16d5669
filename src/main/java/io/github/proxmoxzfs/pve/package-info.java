/// Speaks the Proxmox VE API: tickets, tokens, trust, limits per node, fail-over.
@NullMarked
package io.github.proxmoxzfs.pve;

import org.jspecify.annotations.NullMarked;
