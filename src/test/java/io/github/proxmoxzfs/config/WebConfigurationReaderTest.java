package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ServerTls.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigurationReaderTest {
  private static final Path PKI = Path.of("src/test/resources/web-tls").toAbsolutePath();
  private static final String HASH = "$2y$10$" + "a".repeat(53);

  @TempDir private Path directory;

  private WebConfigurationResult read(String yaml) {
    try {
      Path file = directory.resolve("web.yml");
      Files.writeString(file, yaml.replace("PKI", PKI.toString()).replace("HASH", HASH));
      return WebConfigurationReader.read(file);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private WebConfiguration valid(String yaml) {
    assertThat(read(yaml)).isInstanceOf(WebConfigurationResult.Valid.class);
    return ((WebConfigurationResult.Valid) read(yaml)).configuration();
  }

  private String mistakes(String yaml) {
    assertThat(read(yaml)).isInstanceOf(WebConfigurationResult.Invalid.class);
    var text = new StringBuilder();
    ((WebConfigurationResult.Invalid) read(yaml))
        .mistakes()
        .forEach(
            mistake ->
                text.append(mistake.line()).append(": ").append(mistake.message()).append("\n"));
    return text.toString();
  }

  @Test
  void everythingCanBeGiven() {
    WebConfiguration configuration =
        valid(
            """
            tls_server_config:
              cert_file: PKI/server.crt
              key_file: PKI/server.key
              client_auth_type: RequireAndVerifyClientCert
              client_ca_file: PKI/authority.crt
              client_allowed_sans: [prometheus.example]
              min_version: TLS12
              max_version: TLS13
              cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]
              prefer_server_cipher_suites: false
            http_server_config:
              http2: false
              headers:
                X-Frame-Options: deny
                Strict-Transport-Security: max-age=31536000
            basic_auth_users:
              prometheus: HASH
              1234: HASH
            """);
    ServerTls tls = configuration.tls().orElseThrow();
    assertThat(tls.clients()).isEqualTo(ClientCertificates.VERIFIED);
    assertThat(tls.authorities()).hasSize(1);
    assertThat(tls.allowedNames()).containsExactly("prometheus.example");
    assertThat(tls.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(tls.cipherSuites())
        .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        .doesNotContain("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    assertThat(tls.ownOrder()).isFalse();
    assertThat(configuration.headers())
        .containsEntry("X-Frame-Options", "deny")
        .containsEntry("Strict-Transport-Security", "max-age=31536000");
    assertThat(configuration.users()).containsOnlyKeys("prometheus", "1234");
    assertThat(configuration.toString()).doesNotContain(HASH).doesNotContain("BEGIN");
  }

  @Test
  void whatCannotBeDoneIsRefusedByNameAllAtOnce() {
    assertThat(
            mistakes(
                """
                tls_server_config:
                  cert: x
                  key: x
                  client_ca: x
                  curve_preferences: [X25519]
                  min_version: TLS10
                http_server_config:
                  http2: true
                rate_limit: {interval: 1s, burst: 1}
                """))
        .isEqualTo(
            """
            2: tls_server_config.cert: certificates are read from files only: write cert_file
            3: tls_server_config.key: keys are read from files only: write key_file
            4: tls_server_config.client_ca: certificates are read from files only: write client_ca_file
            5: tls_server_config.curve_preferences: cannot be done here: Java chooses the curve; leave it out
            6: tls_server_config.min_version: cannot be done here: Java speaks TLS12 and TLS13 only
            8: http_server_config.http2: cannot be done here: HTTP/1.1 is spoken; leave it out
            9: rate_limit: cannot be done here; --web.max-requests limits the scrapes under way
            """);
  }

  @Test
  void allMistakesAreToldAtOnceAndNoneQuotesASecret() {
    String told =
        mistakes(
            """
            tls_server_config:
              cert_file: nowhere.crt
              key_file: PKI/encrypted.key
              client_auth_type: Require
              cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]
              cert_fil: x
            http_server_config:
              headers: {X-Frame-Options: allow, Server: x}
            basic_auth_users:
              monika: geheim
              udo: $2x$10$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              "a:b": HASH
              ute: $2y$31$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            basic_auth: {}
            """);
    assertThat(told)
        .contains("2: tls_server_config.cert_file: the file cannot be read: no such file")
        .contains("3: tls_server_config.key_file: the key is encrypted: openssl pkey")
        .contains("4: tls_server_config.client_auth_type: must be one of NoClientCert, ")
        .contains("5: tls_server_config.cipher_suites, entry 1: is no cipher suite")
        .contains("6: tls_server_config: unknown key \"cert_fil\"; is cert_file meant?")
        .contains("8: headers.X-Frame-Options: must be deny or sameorigin")
        .contains("8: headers: unknown key \"Server\"")
        .contains("10: basic_auth_users: must be a bcrypt hash")
        .contains("11: basic_auth_users: must be a bcrypt hash")
        .contains("12: basic_auth_users: a user's name cannot hold a colon")
        .contains("13: basic_auth_users: the cost of the bcrypt hash must lie between 4 and 16")
        .contains("14: web configuration: unknown key \"basic_auth\"; is basic_auth_users meant?")
        .doesNotContain("geheim")
        .doesNotContain("aaaa")
        .doesNotContain("monika");
  }

  @ParameterizedTest
  @CsvSource({
    "server.crt,  server.key",
    "server.crt,  server-sec1.key",
    "rsa.crt,     rsa.key",
    "rsa.crt,     rsa-pkcs1.key",
    "p384.crt,    p384-sec1.key",
    "ed25519.crt, ed25519.key",
    "expired.crt, expired.key",
  })
  void keysOfAllKindsAreRead(String certificate, String key) {
    assertThat(
            valid(
                    "tls_server_config: {cert_file: PKI/%s, key_file: PKI/%s}"
                        .formatted(certificate, key))
                .tls())
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{cert_file: PKI/server.crt, key_file: PKI/renewed.key}|is not the key of the first",
        "{cert_file: PKI/rsa.crt, key_file: PKI/server.key}    |is not the key of the first",
        "{cert_file: PKI/server.key, key_file: PKI/server.key} |holds no certificate in PEM",
        "{cert_file: PKI/server.crt, key_file: PKI/server.crt} |holds no private key in PEM",
        "{cert_file: PKI/README.md, key_file: PKI/README.md}   |holds no certificate in PEM",
        "{cert_file: PKI/rsa.crt, key_file: PKI/encrypted-pkcs1.key}|the key is encrypted",
        "{cert_file: PKI/server.crt}                           |key_file: is missing",
        "{min_version: TLS13}                                  |cert_file: is missing",
        "{cert_file: PKI/server.crt, key_file: PKI/server.key, client_ca_file: PKI/authority.crt}|client_auth_type is missing",
        "{cert_file: PKI/server.crt, key_file: PKI/server.key, client_auth_type: RequestClientCert, client_allowed_sans: [a]}|client_allowed_sans: needs client_auth_type",
        "{cert_file: PKI/server.crt, key_file: PKI/server.key, min_version: TLS13, max_version: TLS12}|max_version: is below min_version",
        "{cert_file: PKI/server.crt, key_file: PKI/server.key, max_version: TLS12, cipher_suites: [TLS_AES_128_GCM_SHA256]}|one of TLS 1.2 is needed",
      })
  void whatCannotBeServedIsRefused(String tls, String why) {
    assertThat(mistakes("tls_server_config: " + tls)).contains(why);
  }

  @Test
  void ageIsNoMistakeButToldAndSoIsAnEmptyFile() {
    var expired =
        read("tls_server_config: {cert_file: PKI/expired.crt, key_file: PKI/expired.key}");
    assertThat(((WebConfigurationResult.Valid) expired).warnings().toString())
        .contains(":1: tls_server_config.cert_file: expired at 2020-02-01");
    var empty = read("# nothing\n");
    assertThat(((WebConfigurationResult.Valid) empty).warnings().toString())
        .contains("the port is not protected");
  }

  @Test
  void filesAreRelativeToTheConfigurationAndNamed() throws IOException {
    for (String name : new String[] {"server.crt", "server.key"}) {
      Files.copy(PKI.resolve(name), directory.resolve(name));
    }
    WebConfigurationResult result =
        read("tls_server_config: {cert_file: server.crt, key_file: server.key}");
    assertThat(result).isInstanceOf(WebConfigurationResult.Valid.class);
    assertThat(result.files())
        .containsExactlyInAnyOrder(
            directory.resolve("web.yml"),
            directory.resolve("server.crt"),
            directory.resolve("server.key"));
    assertThat(WebConfigurationReader.read(directory.resolve("absent.yml")))
        .isInstanceOf(WebConfigurationResult.Invalid.class);
  }
}
