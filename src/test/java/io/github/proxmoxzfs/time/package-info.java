/// A time that is played, for tests in which hours pass.
@NullMarked
package io.github.proxmoxzfs.time;

import org.jspecify.annotations.NullMarked;
