package io.github.proxmoxzfs.pve;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Checks a certificate against a name that stands in the configuration, strictly by RFC 9525: only
/// subject alternative names count, and a wildcard stands for exactly one whole leftmost label.
///
/// Names of endpoints are checked by the JDK. It cannot be told another name to check, hence this.
final class ServerNames {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

  private ServerNames() {}

  /// Whether a certificate is valid for a name.
  ///
  /// @param dnsNames its alternative names that are host names
  /// @param addresses its alternative names that are addresses
  /// @param name a host name, or an address as it stands in a URL, without brackets
  static boolean matches(List<String> dnsNames, List<String> addresses, String name) {
    if (name.contains(":") || IPV4.matcher(name).matches()) {
      for (String address : addresses) {
        if (sameAddress(address, name)) {
          return true;
        }
      }
      return false;
    }
    for (String pattern : dnsNames) {
      if (matchesDns(lower(pattern), lower(name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesDns(String pattern, String name) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    String domain = pattern.substring(1);
    int firstDot = name.indexOf('.');
    // "*.example" would stand for a whole top-level domain.
    return domain.indexOf('.', 1) > 0
        && !domain.contains("*")
        && firstDot > 0
        && name.substring(firstDot).equals(domain);
  }

  private static boolean sameAddress(String one, String other) {
    try {
      return Arrays.equals(
          InetAddress.ofLiteral(one).getAddress(), InetAddress.ofLiteral(other).getAddress());
    } catch (IllegalArgumentException ignored) { // no address
      return false;
    }
  }

  private static String lower(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
