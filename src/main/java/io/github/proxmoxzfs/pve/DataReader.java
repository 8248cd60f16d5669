package io.github.proxmoxzfs.pve;

/// Reads the field `data` of an answer, and nothing but it.
@FunctionalInterface
interface DataReader<T> {
  T read(JsonValue data) throws MalformedException;
}
