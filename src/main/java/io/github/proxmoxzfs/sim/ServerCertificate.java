package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The certificates that the simulator can show. They were made with OpenSSL by
/// `certificates/make-certificates.sh` beside them, are checked in, and protect nothing.
public enum ServerCertificate {
  /// As Proxmox makes them: signed by the cluster's CA, for `127.0.0.1`, `::1`, `localhost`, `pve1`
  /// and `pve1.example`.
  PROXMOX("proxmox"),
  /// The same, but valid in 2020 only.
  EXPIRED("expired"),
  /// The same, but signed by another CA than [#authorityPem()].
  OTHER_AUTHORITY("other-authority"),
  /// Signed by the cluster's CA, for `pve.example` only.
  OTHER_NAME("other-name");

  private static final char[] PASSWORD = "simulator".toCharArray();

  /// Read once: the password's many rounds take their time.
  private static final Map<ServerCertificate, KeyManager[]> KEYS = new ConcurrentHashMap<>();

  private final String file;

  ServerCertificate(String file) {
    this.file = file;
  }

  /// The certificate of the cluster's CA, as `/etc/pve/pve-root-ca.pem` holds it.
  public static String authorityPem() {
    try (InputStream in = resource("authority.pem")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The SHA-256 fingerprint as Proxmox shows it: `AA:BB:…`.
  public String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The certificate that is shown.
  public X509Certificate certificate() {
    try {
      return (X509Certificate) keyStore().getCertificate("server");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A context of its own: no session of another one is resumed.
  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      // No client shows a certificate: the system's authorities need not be read.
      context.init(
          KEYS.computeIfAbsent(this, ServerCertificate::readKeys), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] readKeys() {
    try {
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keyStore(), PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keyStore() {
    try (InputStream in = resource(file + ".p12")) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    var in = ServerCertificate.class.getResourceAsStream("certificates/" + name);
    if (in == null) {
      throw new IOException("resource certificates/" + name + " is missing");
    }
    return in;
  }
}
