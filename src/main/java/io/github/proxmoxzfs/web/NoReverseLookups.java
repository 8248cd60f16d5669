package io.github.proxmoxzfs.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/// Looks up names as always, and no addresses: the JDK's server asks the DNS for the name of each
/// client that speaks TLS before it lets it speak (JDK 25, `sun.net.httpserver.SSLStreams`), so
/// that a name server that does not answer would hold up each scrape. Nobody needs those names.
public final class NoReverseLookups extends InetAddressResolverProvider {
  /// Made by Java, which finds it in `META-INF/services`.
  public NoReverseLookups() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtIn = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return builtIn.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        throw new UnknownHostException("names of addresses are not looked up");
      }
    };
  }

  @Override
  public String name() {
    return "names only";
  }
}
