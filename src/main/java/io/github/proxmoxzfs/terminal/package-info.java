/// What `check` and `status` show in a terminal.
@NullMarked
package io.github.proxmoxzfs.terminal;

import org.jspecify.annotations.NullMarked;
