/// The whole service under faults that come and go, for a long time.
@NullMarked
package io.github.proxmoxzfs.soak;

import org.jspecify.annotations.NullMarked;
