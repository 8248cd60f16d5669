package io.github.proxmoxzfs.sim;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The parameters that the API checks: pool names and device paths.
final class Parameters {
  /// The format `pve-storage-id` (pve-storage `PVE/Storage/Plugin.pm` `parse_lvm_name`…), which
  /// Proxmox asks of pool names too.
  private static final Pattern POOL =
      Pattern.compile("[a-z][a-z0-9\\-_.]*[a-z0-9]", Pattern.CASE_INSENSITIVE);

  private static final Pattern DEVICE = Pattern.compile("/dev/[a-zA-Z0-9/]+");

  private Parameters() {}

  static Optional<Answer> refusal(Endpoint endpoint, ReceivedRequest request) {
    if (endpoint == Endpoint.POOL) {
      return pool(request.path().substring(request.path().lastIndexOf('/') + 1));
    }
    return endpoint == Endpoint.SMART ? disk(request) : Optional.empty();
  }

  private static Optional<Answer> pool(String name) {
    if (name.length() < 2) {
      return invalid(
          "name",
          "invalid format - storage ID '" + name + "' cannot be shorter than 2 characters\n");
    }
    return POOL.matcher(name).matches()
        ? Optional.empty()
        : invalid(
            "name", "invalid format - storage ID '" + name + "' contains illegal characters\n");
  }

  private static Optional<Answer> disk(ReceivedRequest request) {
    var whole = request.pathWithQuery();
    var start = whole.indexOf("disk=");
    if (start < 0) {
      return invalid("disk", "property is missing and it is not optional");
    }
    var disk = whole.substring(start + "disk=".length()).split("&", 2)[0];
    return DEVICE.matcher(disk).matches()
        ? Optional.empty()
        : invalid("disk", "value does not match the regex pattern");
  }

  private static Optional<Answer> invalid(String parameter, String reason) {
    return Optional.of(Answer.invalidParameters(Map.of(parameter, reason)));
  }
}
