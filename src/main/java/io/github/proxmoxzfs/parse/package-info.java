/// Reads the texts that ZFS prints; never throws, unknown text becomes `Unknown`.
@NullMarked
package io.github.proxmoxzfs.parse;

import org.jspecify.annotations.NullMarked;
