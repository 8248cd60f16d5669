package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import java.util.List;

/// Lets benchmarks read answers as [ProxmoxClient] does, without a wire. It stands in this package
/// because the readers are nobody else's business.
public final class RecordedAnswers {
  private RecordedAnswers() {}

  /// Reads an answer of `/nodes/{node}/disks/zfs`.
  public static List<PoolListing> pools(byte[] body) {
    try {
      return PoolsReader.read(data(body), RecordedAnswers::refuse);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Reads an answer of `/nodes/{node}/disks/zfs/{pool}`.
  public static PoolStatus poolStatus(byte[] body) {
    try {
      return PoolStatusReader.read(data(body));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonValue data(byte[] body) throws MalformedException {
    return JsonTree.read(body).get("data");
  }

  private static void refuse(String oddity) {
    throw new IllegalArgumentException(oddity);
  }
}
