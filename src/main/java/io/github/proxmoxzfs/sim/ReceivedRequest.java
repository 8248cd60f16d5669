package io.github.proxmoxzfs.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A request as it arrived.
///
/// @param method the method, `GET` mostly
/// @param target the request target as sent: path and query, still percent-encoded
/// @param headers the headers, names in lower case; of repeated ones the last
/// @param body the body as UTF-8, empty without one
public record ReceivedRequest(
    String method, String target, Map<String, String> headers, String body) {

  static final String API = "/api2/json";

  /// Copies the headers.
  public ReceivedRequest {
    headers = Map.copyOf(headers);
  }

  /// The decoded path below `/api2/json`, without query; the whole path where it is not below.
  public String path() {
    var path = wholePath();
    return path.startsWith(API + "/") ? path.substring(API.length()) : path;
  }

  /// [#path()] and the query, decoded: `/nodes/pve1/disks/smart?disk=/dev/sda`.
  public String pathWithQuery() {
    var query = target.indexOf('?');
    return query < 0 ? path() : path() + "?" + decode(target.substring(query + 1));
  }

  /// The node that the path names, if any.
  public Optional<String> node() {
    var segments = path().split("/", 4);
    return segments.length >= 3 && segments[1].equals("nodes")
        ? Optional.of(segments[2])
        : Optional.empty();
  }

  /// A header by its name in lower case.
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  String wholePath() {
    var query = target.indexOf('?');
    return percentDecode(query < 0 ? target : target.substring(0, query));
  }

  /// Decodes `%XX` but leaves `+` alone, as Perl's `uri_unescape` does.
  static String percentDecode(String text) {
    return decode(text.replace("+", "%2B"));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text; // A lone % stays as it is.
    }
  }

  /// Method and target only: headers and body hold credentials.
  @Override
  public String toString() {
    return method + " " + target;
  }
}
