/// The pages that the exporter shows to people, as HTML.
@NullMarked
package io.github.proxmoxzfs.page;

import org.jspecify.annotations.NullMarked;
