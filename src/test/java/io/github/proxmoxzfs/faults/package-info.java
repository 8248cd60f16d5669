/// What breaks, and what a scrape says then.
@NullMarked
package io.github.proxmoxzfs.faults;

import org.jspecify.annotations.NullMarked;
