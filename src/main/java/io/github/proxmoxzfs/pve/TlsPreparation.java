package io.github.proxmoxzfs.pve;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/// Has Java make ready what the first connection to Proxmox needs, while the options and the
/// configuration are read: on a second processor the first scrape comes sooner by that
/// (docs/performance.md). Nothing is sent, and nothing depends on it.
public final class TlsPreparation {
  private TlsPreparation() {}

  /// Begins it, on a thread of its own.
  public static void begin() {
    Thread.ofPlatform().daemon().name("tls-preparation").start(TlsPreparation::prepare);
  }

  /// Makes a client and the first message of a handshake, with its keys.
  private static void prepare() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      SSLEngine engine = context.createSSLEngine("localhost", 1);
      engine.setUseClientMode(true);
      engine.wrap(
          ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
      TlsClients.over(context, List.of()).connectingWithin(Duration.ofSeconds(1)).close();
    } catch (GeneralSecurityException | SSLException | RuntimeException _) {
      // Whoever needs it tells why it cannot be had.
    }
  }
}
