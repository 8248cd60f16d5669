/// Answers HTTP: metrics, probe, health and the page at the root.
@NullMarked
package io.github.proxmoxzfs.web;

import org.jspecify.annotations.NullMarked;
