package io.github.proxmoxzfs.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `forget`: tells a running exporter that a pool is gone for good.
@Command(
    name = "forget",
    description = {
      "Have a running exporter forget a pool that is gone for good, so that it is not reported as"
          + " missing any more.",
      "The exporter must have been started with --web.enable-lifecycle."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Spec private CommandSpec command;

  @Option(names = "--target", paramLabel = "CLUSTER", required = true, description = "The cluster.")
  private String target;

  @Option(names = "--node", paramLabel = "NODE", required = true, description = "The pool's node.")
  private String node;

  @Option(names = "--pool", paramLabel = "POOL", required = true, description = "The pool.")
  private String pool;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:9000/",
      description = "Where the exporter is. Default: ${DEFAULT-VALUE}")
  private String url;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "The authority of the exporter's certificate, in PEM. Default: Java's list.")
  private @Nullable Path authorityFile;

  @Option(names = "--user", paramLabel = "NAME", description = "Who it lets in.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file that holds the user's password.")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    try (HttpClient client = client()) {
      HttpResponse<String> response =
          client.send(request(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      boolean done = response.statusCode() == 200;
      (done ? command.commandLine().getOut() : err).println(response.body().strip());
      return done ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (ConnectException refused) {
      err.println("exporter: nothing answers at " + url);
    } catch (IOException | GeneralSecurityException failure) {
      err.println("exporter: " + failure.getMessage());
    }
    return ExitCode.SOFTWARE;
  }

  private HttpRequest request() throws IOException {
    var request = HttpRequest.newBuilder(address()).timeout(PATIENCE).POST(BodyPublishers.noBody());
    if (user != null && passwordFile != null) {
      String password = Files.readString(passwordFile).replaceAll("[\\r\\n]+$", "");
      byte[] shown = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(shown));
    } else if (user != null || passwordFile != null) {
      throw new ParameterException(command.commandLine(), "--user and --password-file go together");
    }
    return request.build();
  }

  private URI address() {
    try {
      var address =
          URI.create(
              url.replaceAll("/+$", "")
                  + "/-/forget?target=%s&node=%s&pool=%s"
                      .formatted(encoded(target), encoded(node), encoded(pool)));
      if (isHttp(address) && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // It is told below.
    }
    throw new ParameterException(
        command.commandLine(), "--url must be a URL such as http://localhost:9000/");
  }

  private static boolean isHttp(URI address) {
    return "http".equalsIgnoreCase(address.getScheme())
        || "https".equalsIgnoreCase(address.getScheme());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpClient client() throws IOException, GeneralSecurityException {
    var client = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (authorityFile != null) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      try (InputStream file = Files.newInputStream(authorityFile)) {
        int count = 0;
        for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
          trusted.setCertificateEntry("authority-" + count++, one);
        }
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      client.sslContext(context);
    }
    return client.build();
  }
}
