package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationReader;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.web.Limits;
import io.github.proxmoxzfs.web.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The article's `config.json`, with our simulator's address, from the file to the metrics.
class DropInTest {
  @TempDir private Path folder;

  private String metrics(Simulator simulator, String furtherKeys) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {
              "User": "sampleuser@pam",
              "Pass": "samplepassword",
              "Host": "127.0.0.1",
              "Port": "%d"%s
            }
            """
                .formatted(simulator.endpoint().getPort(), furtherKeys));
    var result = new ConfigurationReader().read(Optional.of(file), Map.of());
    assertThat(result).isInstanceOf(ConfigurationResult.Valid.class);
    Configuration configuration = ((ConfigurationResult.Valid) result).configuration();
    try (var exporter = start(configuration);
        var client = HttpClient.newHttpClient()) {
      int port = exporter.addresses().getFirst().getPort();
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static Exporter start(Configuration configuration) throws IOException {
    return Exporter.start(
        configuration,
        new ServerSettings(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            "/metrics",
            "1.2.3",
            Instant.EPOCH,
            Limits.DEFAULT));
  }

  @Test
  void theFileOf2020GivesTheMetricsOf2020OnceTheCertificateIsAccepted() throws Exception {
    try (var simulator = Simulator.start(Scenario.named("article"), SimulatorOptions.forTests())) {
      assertThat(
              metrics(
                  simulator,
                  ", \"Fingerprints\": [\"" + ServerCertificate.PROXMOX.fingerprint() + "\"]"))
          .contains("zfs_zpool_last_scrub{name=\"storage\",node=\"pve\"} 1.58907723E9\n");
    }
  }

  @Test
  void withoutTrustNoPasswordIsSent() throws Exception {
    try (var simulator = Simulator.start(Scenario.named("article"), SimulatorOptions.forTests())) {
      assertThat(metrics(simulator, ""))
          .contains("proxmox_zfs_exporter_cluster_up 0.0\n")
          .contains("reason=\"tls\"")
          .doesNotContain("zfs_zpool_");
      assertThat(simulator.requests()).isEmpty();
    }
  }
}
