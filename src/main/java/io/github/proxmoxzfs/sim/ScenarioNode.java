package io.github.proxmoxzfs.sim;

import java.time.ZoneId;
import java.util.Locale;

/// A node of a simulated cluster.
///
/// @param name its name
/// @param status what `/nodes` says of it
/// @param zone its time zone, in which its `zpool` prints dates
/// @param behaviour what happens to requests for it
public record ScenarioNode(String name, Status status, ZoneId zone, Behaviour behaviour) {

  /// What the cluster says of a node.
  public enum Status {
    /// A member with statistics.
    ONLINE,
    /// Not a member at present.
    OFFLINE,
    /// Reachable, but without statistics (pvestatd does not run).
    UNKNOWN;

    /// The word in the API.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What happens when the node is asked, through whichever node of the cluster.
  public enum Behaviour {
    /// It answers.
    ANSWERS,
    /// Its port is closed: `595 Connection refused`.
    REFUSED,
    /// There is no way to it: `595 No route to host`, after 3 s.
    NO_ROUTE,
    /// Its packets are dropped: `595 Connection timed out`, after 30 s.
    DROPPED,
    /// It accepts connections and stays silent: `596 Connection timed out`, after 30 s.
    SILENT
  }

  /// An online node that answers.
  public static ScenarioNode online(String name, ZoneId zone) {
    return new ScenarioNode(name, Status.ONLINE, zone, Behaviour.ANSWERS);
  }
}
