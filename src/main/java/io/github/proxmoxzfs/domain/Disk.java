package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A disk as its node lists it: one entry of `GET /nodes/{node}/disks/list?skipsmart=1`. What
/// Proxmox calls `unknown` is absent. The list's health and wearout are not kept: with `skipsmart`
/// they are `UNKNOWN` and `N/A` for each disk.
///
/// A disk that is reached over several paths has an entry for each ([DiskList]).
///
/// @param path the device, `/dev/sda`: unique in a list, but another disk may have it after a
///   reboot
/// @param byIdLink one of the links to it below `/dev/disk/by-id`, which one is left to chance;
///   absent for USB, virtio and cciss
/// @param model as udev escapes it (`_` for a blank), or as the kernel has it
/// @param serial ATA and NVMe: what is printed on the disk; SCSI and SAS: the digits of the WWN; of
///   USB disks the bridge's, which need not be unique
/// @param wwn `0x` and 16 digits, or NVMe's `eui.…`, `uuid.…`, `nvme.…`; of a LUN with a longer
///   name only the first half, which all LUNs of one array may share
/// @param vendor the kernel's, without the blanks around it: `ATA` for all of those
/// @param type what kind of disk it is
/// @param rotationsPerMinute of a rotating disk, where known; Proxmox knows none of SAS disks
/// @param sizeBytes its capacity
public record Disk(
    String path,
    Optional<String> byIdLink,
    Optional<String> model,
    Optional<String> serial,
    Optional<String> wwn,
    Optional<String> vendor,
    Type type,
    OptionalInt rotationsPerMinute,
    OptionalLong sizeBytes) {
  private static final String DEVICES = "/dev/";

  /// The kinds of disks that Proxmox tells apart (pve-storage `Diskmanage.pm`).
  public enum Type {
    NVME,
    SSD,
    /// A rotating disk whose speed udev knows, which is so for ATA disks only.
    HDD,
    USB,
    /// All others: rotating SAS and SCSI disks, virtio, cciss.
    UNKNOWN;

    /// The value in Proxmox's list, in lower case.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether such a disk may rotate, so that asking it may wake it.
    public boolean mayRotate() {
      return switch (this) {
        case HDD, USB, UNKNOWN -> true;
        case NVME, SSD -> false;
      };
    }
  }

  public Disk {
    requireNonNull(path, "path is null");
    requireNonNull(byIdLink, "byIdLink is null");
    requireNonNull(model, "model is null");
    requireNonNull(serial, "serial is null");
    requireNonNull(wwn, "wwn is null");
    requireNonNull(vendor, "vendor is null");
    requireNonNull(type, "type is null");
    requireNonNull(rotationsPerMinute, "rotationsPerMinute is null");
    requireNonNull(sizeBytes, "sizeBytes is null");
  }

  /// The value of the `device` label: the path without `/dev/`, as smartctl_exporter has it.
  public String device() {
    return path.startsWith(DEVICES) ? path.substring(DEVICES.length()) : path;
  }
}
