package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatusPagesTest {
  private final AtomicInteger collections = new AtomicInteger();

  private Target target(String name) {
    return new Target(
        name,
        Duration.ofMinutes(1),
        NodeFilter.ALL,
        Set.of(Collector.COMPAT, Collector.POOL),
        (_, _, _) -> {
          collections.incrementAndGet();
          return new ClusterSnapshot(
              Instant.EPOCH, new Reading.Ok<>(List.of(), Instant.EPOCH), Duration.ZERO);
        },
        () -> ApiActivity.NONE);
  }

  private MetricsServer start(String... names) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return MetricsServer.start(
        new ServerSettings(List.of(address), "/metrics", "1.2.3", Instant.EPOCH, Limits.DEFAULT),
        Stream.of(names).map(this::target).toList());
  }

  private static HttpResponse<String> ask(MetricsServer server, String method, String path)
      throws IOException, InterruptedException {
    int port = server.addresses().getFirst().getPort();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void itAllowsNeitherScriptsNorAnythingFromElsewhere() throws Exception {
    try (var server = start("home")) {
      HttpResponse<String> page = ask(server, "GET", "/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; style-src 'sha256-")
          .doesNotContain("unsafe")
          .doesNotContain("script");
      assertThat(page.body()).contains("home").contains("version 1.2.3");
    }
  }

  @Test
  void itShowsTheLastCollectionAndAsksAnewOnlyWhenThatIsOld() throws Exception {
    try (var server = start("home")) {
      ask(server, "HEAD", "/");
      assertThat(collections).hasValue(0);
      ask(server, "GET", "/metrics");
      ask(server, "GET", "/");
      ask(server, "GET", "/?target=home");
      assertThat(collections).hasValue(1);
    }
  }

  @Test
  void aCollectionOfAPartIsNotShownAsTheWhole() throws Exception {
    try (var server = start("home")) {
      ask(server, "GET", "/probe?target=home&scope=cluster");
      ask(server, "GET", "/metrics?collect%5B%5D=pool");
      ask(server, "GET", "/");
      assertThat(collections).hasValue(3);
    }
  }

  @Test
  void ofSeveralClustersThereIsAnIndexThatAsksNobody() throws Exception {
    try (var server = start("home", "office")) {
      assertThat(ask(server, "GET", "/").body())
          .contains("href=\"./?target=home\"")
          .contains("href=\"./?target=office\"")
          .contains("not looked at yet");
      assertThat(collections).hasValue(0);
      assertThat(ask(server, "GET", "/?target=office").body()).contains("href=\"./\"");
      assertThat(collections).hasValue(1);
      assertThat(ask(server, "GET", "/").body()).contains("critical");
    }
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    try (var server = start("home")) {
      assertThat(ask(server, "GET", "/?target=%3Cb%3E").body())
          .isEqualTo(
              "The target \"\\u003cb\\u003e\" is not a configured cluster. Configured are: home.\n");
      assertThat(ask(server, "GET", "/?x=1").statusCode()).isEqualTo(200);
    }
  }
}
