package io.github.proxmoxzfs.app;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an address to listen on, as exporters take it: `:9000`, `localhost:9000`, `[::1]:9000`.
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
  private static final int HIGHEST_PORT = 65535;

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw refused(text, "it has no port");
    }
    int port = port(text, text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw refused(text, "an IPv6 address stands in brackets, as in [::1]:9000");
    }
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw refused(text, "the host is not known");
    }
    return address;
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw refused(text, "the port is not a number from 0 to 65535");
  }

  private static TypeConversionException refused(String text, String why) {
    return new TypeConversionException(
        "'" + text + "' is not an address to listen on (as in :9000, localhost:9000): " + why);
  }
}
