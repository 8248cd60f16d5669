package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.web.Paths;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Reads `--web.external-url` and `--web.route-prefix`, with Prometheus' meaning: the prefix is the
/// path of the URL unless it is given, and slashes at the ends do not count.
final class ExternalUrl {
  private static final String PATH = "(/[A-Za-z0-9._~-]+)*";

  private ExternalUrl() {}

  /// @throws IllegalArgumentException if one of them is wrong, with a sentence that says why
  static Paths paths(Optional<String> externalUrl, Optional<String> routePrefix) {
    Optional<URI> url = externalUrl.map(ExternalUrl::url);
    String prefix =
        routePrefix.map(ExternalUrl::trimmed).orElseGet(() -> url.map(URI::getRawPath).orElse(""));
    if (!prefix.matches(PATH)) {
      throw new IllegalArgumentException(
          "--web.route-prefix must be a path such as /zfs, of letters, digits and ._~-");
    }
    return new Paths(prefix, url);
  }

  private static URI url(String text) {
    try {
      var url = new URI(text);
      boolean isOurs =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && trimmed(url.getRawPath()).matches(PATH);
      if (isOurs) {
        return new URI(url.getScheme() + "://" + url.getRawAuthority() + trimmed(url.getRawPath()));
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "--web.external-url must be a URL such as https://example.org/zfs/");
  }

  /// Without slashes at its ends, and with one at its beginning where there is anything.
  private static String trimmed(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? "" : "/" + bare;
  }
}
