/// Makes of the answers of a cluster a scenario that can be replayed and tells nobody's names.
@NullMarked
package io.github.proxmoxzfs.recording;

import org.jspecify.annotations.NullMarked;
