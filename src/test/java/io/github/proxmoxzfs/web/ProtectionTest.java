package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectionTest {
  private static final Path PKI = Path.of("src/test/resources/web-tls");

  private static final String TLS =
      "tls_server_config: {cert_file: server.crt, key_file: server.key%s}\n";

  @TempDir private Path directory;
  private Path file;
  private MetricsServer server = serving(Protection.none());

  @BeforeEach
  void lay() throws IOException {
    file = directory.resolve("web.yml");
    for (String name : List.of("server.crt", "server.key", "authority.crt")) {
      Files.copy(PKI.resolve(name), directory.resolve(name));
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Protection start(String configuration) throws Exception {
    Files.writeString(file, configuration);
    var protection = Protection.of(file, Duration.ZERO);
    server.close();
    server = serving(protection);
    return protection;
  }

  private static MetricsServer serving(Protection protection) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var target =
        new Target(
            "home",
            Duration.ofMinutes(1),
            NodeFilter.ALL,
            Set.of(),
            (_, _, _) ->
                new ClusterSnapshot(
                    Instant.EPOCH, new Reading.Ok<>(List.of(), Instant.EPOCH), Duration.ZERO),
            () -> ApiActivity.NONE);
    try {
      return MetricsServer.start(
          new ServerSettings(List.of(address), "/metrics", "1", Instant.EPOCH, Limits.DEFAULT)
              .withProtection(protection),
          List.of(target));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String hash(String password) {
    return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
  }

  /// A client that trusts our authority, and shows a certificate where it has one.
  private static HttpClient client(String... certificate) throws Exception {
    var context = SSLContext.getInstance("TLS");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate("authority"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    for (String name : certificate) {
      String pem = Files.readString(PKI.resolve(name + ".key")).replaceAll("-----.*-----|\\s", "");
      var key = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem));
      own.setKeyEntry(
          name,
          KeyFactory.getInstance("EC").generatePrivate(key),
          new char[0],
          new Certificate[] {certificate(name)});
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static Certificate certificate(String name) throws GeneralSecurityException, IOException {
    try (var input = new FileInputStream(PKI.resolve(name + ".crt").toFile())) {
      return CertificateFactory.getInstance("X.509").generateCertificate(input);
    }
  }

  private HttpResponse<String> get(HttpClient client, String path, String... credentials)
      throws IOException, InterruptedException {
    int port = server.addresses().getFirst().getPort();
    String scheme = server.speaksTls() ? "https" : "http";
    var request =
        HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + path))
            .timeout(Duration.ofSeconds(20));
    for (String credential : credentials) {
      byte[] bytes = credential.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String nameShown() throws Exception {
    try (HttpClient client = client()) {
      var shown =
          (X509Certificate)
              get(client, "/-/healthy").sslSession().orElseThrow().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  @Test
  void passwordsAreAskedForOnEveryPath() throws Exception {
    start("basic_auth_users: {monika: %s, udo: %s}".formatted(hash("geheim"), hash("a:b")));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/", "/metrics", "/-/healthy", "/nowhere")) {
        HttpResponse<String> refused = get(client, path);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
            .startsWith("Basic ");
        assertThat(get(client, path, "monika:falsch").statusCode()).isEqualTo(401);
        assertThat(get(client, path, "udo:geheim").statusCode()).isEqualTo(401);
        assertThat(get(client, path, "nobody:geheim").statusCode()).isEqualTo(401);
        assertThat(get(client, path, "monika").statusCode()).isEqualTo(401);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(get(client, "/metrics", "monika:geheim").statusCode()).isEqualTo(200);
        assertThat(get(client, "/metrics", "udo:a:b").statusCode()).isEqualTo(200);
        assertThat(get(client, "/metrics", "udo:a:c").statusCode()).isEqualTo(401);
      }
      Files.writeString(
          file, "basic_auth_users: {monika: '%s'}".formatted(hash("neues geheimnis")));
      assertThat(get(client, "/metrics", "monika:geheim").statusCode()).isEqualTo(401);
      assertThat(get(client, "/metrics", "monika:neues geheimnis").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void hashesOfAllKindsAreUnderstoodAndNobodysTakesAsLongAsOthers() throws Exception {
    for (String kind : List.of("$2a$", "$2b$", "$2y$")) {
      var users = Map.of("udo", new Secret(hash("x".repeat(72)).replace("$2y$", kind)));
      var passwords = new Passwords();
      assertThat(passwords.areRight(users, "udo", "x".repeat(80))).isTrue();
      assertThat(passwords.areRight(users, "udo", "x".repeat(71))).isFalse();
      assertThat(passwords.areRight(users, "ute", "x".repeat(80))).isFalse();
      // One that could not be read would be refused at once, and so tell who is a user.
      BCrypt.Result nobodys = BCrypt.verifyer().verify("x".toCharArray(), Passwords.nobodys(users));
      assertThat(nobodys.validFormat).isTrue();
      assertThat(nobodys.details.cost).isEqualTo(4);
    }
  }

  @Test
  void configuredHeadersAreOnEveryAnswer() throws Exception {
    start("http_server_config: {headers: {X-Frame-Options: deny, Content-Security-Policy: a}}");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/", "/metrics", "/nowhere")) {
        var headers = get(client, path).headers();
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("deny");
        assertThat(headers.allValues("Content-Security-Policy")).containsExactly("a");
      }
    }
  }

  @Test
  void clientsShowWhoTheyAre() throws Exception {
    start(
        TLS.formatted(
            ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.crt,"
                + " client_allowed_sans: [prometheus.example]"));
    try (HttpClient known = client("client");
        HttpClient stranger = client("stranger");
        HttpClient nobody = client()) {
      assertThat(get(known, "/metrics").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(stranger, "/metrics")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(nobody, "/metrics")).isInstanceOf(IOException.class);
    }
    Files.writeString(
        file,
        TLS.formatted(
            ", client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.crt,"
                + " client_allowed_sans: [other.example]"));
    try (HttpClient known = client("client")) {
      assertThatThrownBy(() -> get(known, "/metrics")).isInstanceOf(IOException.class);
    }
    Files.writeString(
        file,
        TLS.formatted(
            ", client_auth_type: VerifyClientCertIfGiven, client_ca_file: authority.crt"));
    try (HttpClient known = client("client");
        HttpClient nobody = client()) {
      assertThat(get(known, "/metrics").statusCode()).isEqualTo(200);
      assertThat(get(nobody, "/metrics").statusCode()).isEqualTo(200);
    }
    Files.writeString(file, TLS.formatted(", client_auth_type: RequireAnyClientCert"));
    try (HttpClient stranger = client("stranger");
        HttpClient nobody = client()) {
      assertThat(get(stranger, "/metrics").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(nobody, "/metrics")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aNewCertificateIsShownAndABadOneIsNot() throws Exception {
    Protection protection = start(TLS.formatted(""));
    assertThat(nameShown()).isEqualTo("CN=server");
    assertThat(protection.lastReadWasGood()).isTrue();

    replace("renewed.crt", "server.crt"); // its key is still to come
    assertThat(nameShown()).isEqualTo("CN=server");
    assertThat(protection.lastReadWasGood()).isFalse();
    replace("renewed.key", "server.key");
    assertThat(nameShown()).isEqualTo("CN=renewed");
    assertThat(protection.lastReadWasGood()).isTrue();

    Files.writeString(directory.resolve("server.key"), "damaged");
    assertThat(nameShown()).isEqualTo("CN=renewed");
    Files.delete(directory.resolve("server.crt"));
    assertThat(nameShown()).isEqualTo("CN=renewed");
    Files.writeString(file, "tls_server_confi: {}");
    assertThat(nameShown()).isEqualTo("CN=renewed");
    Files.writeString(file, "# plain HTTP from now on");
    assertThat(nameShown()).isEqualTo("CN=renewed");
    assertThat(protection.lastReadWasGood()).isFalse();

    Files.writeString(file, TLS.formatted(""));
    replace("server.crt", "server.crt");
    replace("server.key", "server.key");
    assertThat(nameShown()).isEqualTo("CN=server");
    assertThat(protection.lastReadWasGood()).isTrue();
  }

  private void replace(String from, String to) throws IOException {
    Files.copy(PKI.resolve(from), directory.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aFileThatIsRefusedAtTheStartSaysAllThatIsWrong() throws IOException {
    Files.writeString(file, "a: 1\nb: 2\n");
    assertThatThrownBy(() -> Protection.of(file))
        .isInstanceOfSatisfying(
            WebConfigurationException.class, refused -> assertThat(refused.mistakes()).hasSize(2));
  }

  @Test
  void addressesAreNotLookedUp() throws Exception {
    byte[] loopback = {127, 0, 0, 1};
    assertThat(InetAddress.getByAddress(loopback).getHostName()).isEqualTo("127.0.0.1");
    assertThat(InetAddress.getByName("localhost").isLoopbackAddress()).isTrue();
  }
}
