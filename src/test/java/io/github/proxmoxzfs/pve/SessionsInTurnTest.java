package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/// Handshakes in memory with a server of the JDK, which gives one ticket for each.
class SessionsInTurnTest {
  private static final int PORT = 8006;

  private final AtomicInteger fullHandshakes = new AtomicInteger();
  private final SSLContext server;

  SessionsInTurnTest() throws IOException {
    server = TlsServer.context();
  }

  @Test
  void connectionsOneAfterAnotherResumeOneSession() throws Exception {
    var client = SessionsInTurn.of(trust(), 8);

    assertThat(fullHandshakesOfBursts(client, List.of(1, 1, 1, 1, 1)))
        .containsExactly(1, 0, 0, 0, 0);
  }

  @Test
  void connectionsOpenedAtOnceResumeFromTheSecondScrapeOn() throws Exception {
    var client = SessionsInTurn.of(trust(), 8);

    // A scrape opens one connection, and seven more when it is answered.
    assertThat(fullHandshakesOfBursts(client, List.of(1, 7, 1, 7, 1, 7)))
        .containsExactly(1, 6, 0, 0, 0, 0);
  }

  /// What the class is for. Should the JDK come to do better by itself, the class may go.
  @Test
  void oneContextOfTheJdkAloneLosesItsTickets() throws Exception {
    var client = SSLContext.getInstance("TLS");
    client.init(null, new TrustManager[] {trust()}, null);

    assertThat(fullHandshakesOfBursts(client, List.of(1, 7, 1, 7, 1, 7)))
        .containsExactly(1, 6, 0, 6, 0, 6);
  }

  @Test
  void moreConnectionsAtOnceThanSessionsStillConnect() throws Exception {
    var client = SessionsInTurn.of(trust(), 2);

    assertThat(fullHandshakesOfBursts(client, List.of(4, 1, 1))).containsExactly(4, 0, 0);
  }

  /// The JDK keeps the session of each full handshake for a day. There are many of them where a
  /// server is restarted time and again, or its certificates change.
  @Test
  void sessionsOfThePastAreNotKept() throws Exception {
    var client = SessionsInTurn.of(trust(), 1);

    for (int restart = 1; restart <= 20; restart++) {
      var handshake = new Handshake(client.createSSLEngine("pve1", PORT), TlsServer.context());
      handshake.greet();
      handshake.finish();
    }

    assertThat(fullHandshakes).hasValue(20);
    assertThat(Collections.list(client.getClientSessionContext().getIds()))
        .hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void aConnectionThatNeverShookHandsHoldsUpNoOther() throws Exception {
    var client = SessionsInTurn.of(trust(), 1);
    SSLEngine never = client.createSSLEngine("pve1", PORT);

    assertThat(fullHandshakesOfBursts(client, List.of(1, 1))).containsExactly(1, 0);
    assertThat(never.getSession().isValid()).isFalse();
  }

  /// Opens connections in bursts: those of one burst all begin before any of them goes on.
  private List<Integer> fullHandshakesOfBursts(SSLContext client, List<Integer> bursts)
      throws SSLException {
    var counts = new ArrayList<Integer>();
    for (int burst : bursts) {
      int before = fullHandshakes.get();
      var handshakes = new ArrayList<Handshake>();
      for (int i = 0; i < burst; i++) {
        handshakes.add(new Handshake(client.createSSLEngine("pve1", PORT), server));
      }
      for (Handshake handshake : handshakes) {
        handshake.greet();
      }
      for (Handshake handshake : handshakes) {
        handshake.finish();
      }
      counts.add(fullHandshakes.get() - before);
    }
    return counts;
  }

  /// Accepts everything and counts: a certificate is shown in a full handshake only.
  private TrustManager trust() {
    return new X509ExtendedTrustManager() {
      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        fullHandshakes.incrementAndGet();
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {
        throw new UnsupportedOperationException();
      }

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    };
  }

  private static final class Handshake {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);

    Handshake(SSLEngine client, SSLContext serverContext) {
      this.client = client;
      this.server = serverContext.createSSLEngine();
      client.setUseClientMode(true);
      server.setUseClientMode(false);
    }

    /// The client's first message, with the ticket that it has.
    void greet() throws SSLException {
      client.beginHandshake();
      wrap(client, toServer);
    }

    /// All that follows, the server's new tickets too.
    void finish() throws SSLException {
      do {
        unwrap(server, toServer);
        wrap(server, toClient);
        unwrap(client, toClient);
        wrap(client, toServer);
      } while (toServer.position() > 0 || toClient.position() > 0);
      assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private static void wrap(SSLEngine engine, ByteBuffer out) throws SSLException {
      while (statusAfterTasks(engine) == HandshakeStatus.NEED_WRAP) {
        engine.wrap(NOTHING.duplicate(), out);
      }
    }

    private static void unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
      in.flip();
      while (in.hasRemaining() && statusAfterTasks(engine) != HandshakeStatus.NEED_WRAP) {
        engine.unwrap(in, ByteBuffer.allocate(1 << 15));
      }
      in.compact();
    }

    private static HandshakeStatus statusAfterTasks(SSLEngine engine) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
      return engine.getHandshakeStatus();
    }
  }
}
