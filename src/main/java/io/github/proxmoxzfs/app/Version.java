package io.github.proxmoxzfs.app;

import picocli.CommandLine.IVersionProvider;

/// The program's version, as its jar names it.
final class Version implements IVersionProvider {
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"proxmox-zfs-exporter " + current(), "Java " + Runtime.version()};
  }
}
