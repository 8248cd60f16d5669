package io.github.proxmoxzfs.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads where a cluster's API is reached: `HOST`, `HOST:PORT` or `https://HOST:PORT`, with port
/// 8006 where none is written, as Proxmox has it. Messages never quote an endpoint: it might hold a
/// password.
final class Endpoints {
  private static final String DEFAULT_PORT = "8006";
  private static final String HTTPS = "https://";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\[\\]]*\\]|[^\\[\\]:]*)(?::(.*))?");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}");
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?\\.?");
  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int LONGEST_NAME = 253;
  private static final int LARGEST_PORT = 65535;

  private Endpoints() {}

  /// Reads all of them; those that are wrong or stand twice become mistakes.
  static List<URI> parse(List<Given> given, Mistakes mistakes) {
    List<URI> endpoints = new ArrayList<>();
    for (Given one : given) {
      parse(one, mistakes)
          .ifPresent(
              endpoint -> {
                if (endpoints.contains(endpoint)) {
                  mistakes.add(one, "is the same as an entry before it");
                }
                endpoints.add(endpoint);
              });
    }
    return endpoints;
  }

  private static Optional<URI> parse(Given given, Mistakes mistakes) {
    String text = given.value().strip();
    if (text.contains("@")) {
      return refuse(given, "must not hold a user or password (@)", mistakes);
    }
    if (text.regionMatches(true, 0, "http://", 0, "http://".length())) {
      return refuse(given, "http is refused, as it would show the credential: use https", mistakes);
    }
    if (text.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      text = text.substring(HTTPS.length());
    } else if (SCHEME.matcher(text).matches()) {
      return refuse(given, "must begin with https:// or be a host", mistakes);
    }
    if (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.contains("/") || text.contains("?") || text.contains("#")) {
      return refuse(given, "must end after host and port: no path is allowed", mistakes);
    }
    if (text.chars().filter(character -> character == ':').count() > 1 && !text.startsWith("[")) {
      return refuse(given, "needs brackets around an IPv6 address: [2001:db8::1]:8006", mistakes);
    }
    var matcher = HOST_AND_PORT.matcher(text);
    if (!matcher.matches() || !isHost(matcher.group(1))) {
      return refuse(
          given,
          "is not a host name or address, with or without a port" + underscoreIn(text),
          mistakes);
    }
    String port = Optional.ofNullable(matcher.group(2)).orElse(DEFAULT_PORT);
    if (!isPort(port)) {
      return refuse(given, "the port must be a number from 1 to 65535", mistakes);
    }
    String host = matcher.group(1).toLowerCase(Locale.ROOT);
    return Optional.of(URI.create(HTTPS + host + ":" + Integer.parseInt(port)));
  }

  private static Optional<URI> refuse(Given given, String message, Mistakes mistakes) {
    mistakes.add(given, message);
    return Optional.empty();
  }

  static boolean isPort(String text) {
    return PORT.matcher(text).matches()
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= LARGEST_PORT;
  }

  /// Whether the text is a host name, an IPv4 address, or an IPv6 address in brackets.
  static boolean isHost(String text) {
    if (text.startsWith("[")) {
      return text.endsWith("]") && isIpv6(text.substring(1, text.length() - 1));
    }
    if (FOUR_NUMBERS.matcher(text).matches()) {
      return isIpv4(text);
    }
    return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
  }

  /// Names an underscore, for a message: names in files and containers hold it, so that few know
  /// that a host's may not (RFC 1123, and `java.net.URI`). Other characters might be a password's.
  static String underscoreIn(String host) {
    return host.contains("_") ? ": it holds an underscore (_), which no host name may" : "";
  }

  private static boolean isIpv4(String text) {
    try {
      Inet4Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /// Whether the text is an IPv6 address without brackets. A scope (`%eth0`) is not allowed.
  static boolean isIpv6(String text) {
    if (text.indexOf('%') >= 0 || text.indexOf(':') < 0) {
      return false;
    }
    try {
      Inet6Address.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  /// The host, in brackets if it is an IPv6 address.
  static String inBrackets(String host) {
    return isIpv6(host) ? "[" + host + "]" : host;
  }

  /// The cluster's name where none is given: the host, with `-` for what a name may not hold.
  static String nameOf(URI endpoint) {
    String host = endpoint.getHost().replace("[", "").replace("]", "");
    return host.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
