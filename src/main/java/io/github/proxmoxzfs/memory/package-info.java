/// What is remembered between scrapes and, in the state directory, across restarts.
@NullMarked
package io.github.proxmoxzfs.memory;

import org.jspecify.annotations.NullMarked;
