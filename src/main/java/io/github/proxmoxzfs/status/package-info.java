/// What there is to say of a cluster, in which words, and what is wrong with it.
@NullMarked
package io.github.proxmoxzfs.status;

import org.jspecify.annotations.NullMarked;
