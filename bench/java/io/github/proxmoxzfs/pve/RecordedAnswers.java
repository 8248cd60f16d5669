package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import java.time.Instant;
import java.util.List;

/// Lets benchmarks read answers as [ProxmoxClient] does, without a wire. It stands in this package
/// because the readers are nobody else's business.
public final class RecordedAnswers {
  private RecordedAnswers() {}

  /// Reads an answer of `/nodes/{node}/disks/zfs`.
  public static List<PoolListing> pools(byte[] body, Instant receivedAt) {
    try {
      return PoolsReader.read(data(body, receivedAt), RecordedAnswers::refuse);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Reads an answer of `/nodes/{node}/disks/zfs/{pool}`.
  public static PoolStatus poolStatus(byte[] body, Instant receivedAt) {
    try {
      return PoolStatusReader.read(data(body, receivedAt));
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonValue data(byte[] body, Instant receivedAt) throws MalformedException {
    return new Answer(200, body, receivedAt).json().get("data");
  }

  private static void refuse(String oddity) {
    throw new IllegalArgumentException(oddity);
  }
}
