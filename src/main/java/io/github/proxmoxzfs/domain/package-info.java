/// What is known about a cluster, as immutable data.
@NullMarked
package io.github.proxmoxzfs.domain;

import org.jspecify.annotations.NullMarked;
