package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsClientsTest {
  /// A name server may be silent for long; what asks must not wait for it beyond its deadline.
  @ParameterizedTest
  @CsvSource({
    "https://192.0.2.1:8006, false",
    "https://[2001:db8::1]:8006, false",
    "https://pve1.example.com:8006, true",
    "https://localhost:8006, true",
  })
  void handsOverToAnotherThreadWhereANameIsLookedUp(URI endpoint, boolean handedOver)
      throws NoSuchAlgorithmException {
    assertThat(isHandedOver(List.of(endpoint))).isEqualTo(handedOver);
    assertThat(isHandedOver(List.of(URI.create("https://192.0.2.1"), endpoint)))
        .isEqualTo(handedOver);
  }

  private static boolean isHandedOver(List<URI> endpoints) throws NoSuchAlgorithmException {
    var clients = TlsClients.over(SSLContext.getDefault(), endpoints);
    try (var client = clients.connectingWithin(Duration.ofSeconds(1))) {
      Executor executor = client.executor().orElseThrow();
      var runs = new CompletableFuture<Thread>();
      Thread asking =
          Thread.ofVirtual()
              .start(() -> executor.execute(() -> runs.complete(Thread.currentThread())));
      return !runs.join().equals(asking);
    }
  }
}
