/// The validated configuration: all mistakes at once, each with its line.
@NullMarked
package io.github.proxmoxzfs.config;

import org.jspecify.annotations.NullMarked;
