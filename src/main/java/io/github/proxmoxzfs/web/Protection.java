package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Mistake;
import io.github.proxmoxzfs.config.WebConfiguration;
import io.github.proxmoxzfs.config.WebConfigurationReader;
import io.github.proxmoxzfs.config.WebConfigurationResult;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// How our port is protected at the moment: what `--web.config.file` says, read again when it or a
/// file that it names has changed. One that is refused leaves the one before in force.
///
/// It is looked at by whoever comes, at most once a second, and not waited for by others.
public final class Protection {
  private static final System.Logger LOG = System.getLogger(Protection.class.getName());

  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);

  /// What is in force.
  ///
  /// @param configuration what the file says
  /// @param tls TLS made of it; absent where plain HTTP is spoken
  record InForce(WebConfiguration configuration, Optional<TlsSetup> tls) {}

  private final Optional<Path> file;
  private final Duration lookedAtEvery;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile InForce inForce = new InForce(WebConfiguration.NONE, Optional.empty());
  private volatile boolean lastReadGood = true;
  private FileStamps stamps = new FileStamps(Map.of());
  private long lookedAtNanos;

  private Protection(Optional<Path> file, Duration lookedAtEvery) {
    this.file = file;
    this.lookedAtEvery = lookedAtEvery;
  }

  /// None: plain HTTP for everybody.
  public static Protection none() {
    return new Protection(Optional.empty(), LOOKED_AT_EVERY);
  }

  /// The protection that a file describes.
  ///
  /// @throws WebConfigurationException if it is refused
  public static Protection of(Path file) throws WebConfigurationException {
    return of(file, LOOKED_AT_EVERY);
  }

  /// @param lookedAtEvery how often the files are looked at, at most
  static Protection of(Path file, Duration lookedAtEvery) throws WebConfigurationException {
    var protection = new Protection(Optional.of(file), lookedAtEvery);
    List<String> mistakes = protection.read(file, true);
    if (!mistakes.isEmpty()) {
      throw new WebConfigurationException(mistakes);
    }
    return protection;
  }

  /// What is in force now.
  InForce current() {
    if (file.isPresent() && looking.tryLock()) {
      try {
        if (System.nanoTime() - lookedAtNanos >= lookedAtEvery.toNanos()) {
          lookedAtNanos = System.nanoTime();
          if (!stamps.areStillTrue()) {
            readAgain(file.get());
          }
        }
      } finally {
        looking.unlock();
      }
    }
    return inForce;
  }

  /// Whether TLS is spoken, which stays so until the end.
  boolean speaksTls() {
    return inForce.tls().isPresent();
  }

  /// Whether the file was right when it was last read.
  boolean lastReadWasGood() {
    current();
    return lastReadGood;
  }

  private void readAgain(Path changed) {
    List<String> mistakes = read(changed, false);
    lastReadGood = mistakes.isEmpty();
    if (mistakes.isEmpty()) {
      LOG.log(Level.INFO, "The web configuration was read again.", "file", changed);
    }
    for (String mistake : mistakes) {
      LOG.log(
          Level.ERROR,
          "The web configuration is refused; the one before stays in force.",
          "mistake",
          mistake);
    }
  }

  private List<String> read(Path from, boolean first) {
    WebConfigurationResult result = readStamped(from);
    return switch (result) {
      case WebConfigurationResult.Invalid(List<Mistake> mistakes, _) ->
          mistakes.stream().map(Mistake::toString).toList();
      case WebConfigurationResult.Valid(
              WebConfiguration configuration,
              List<String> warnings,
              _) -> {
        warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
        if (!first && configuration.tls().isPresent() != speaksTls()) {
          yield List.of(from + ": TLS cannot be switched on or off without a restart");
        }
        yield enforce(configuration, from);
      }
    };
  }

  /// Reads with stamps from before, so that what changes meanwhile is seen the next time. Which
  /// files there are to be stamped is known only when they were read.
  private WebConfigurationResult readStamped(Path from) {
    stamps = FileStamps.of(stamps.byFile().keySet());
    WebConfigurationResult result = WebConfigurationReader.read(from);
    if (!stamps.byFile().keySet().equals(result.files())) {
      stamps = FileStamps.of(result.files());
      result = WebConfigurationReader.read(from);
    }
    return result;
  }

  private List<String> enforce(WebConfiguration configuration, Path from) {
    try {
      Optional<TlsSetup> tls =
          configuration.tls().isPresent()
              ? Optional.of(new TlsSetup(configuration.tls().get()))
              : Optional.empty();
      inForce = new InForce(configuration, tls);
      return List.of();
    } catch (GeneralSecurityException refused) {
      return List.of(from + ": tls_server_config: Java refuses it: " + refused.getMessage());
    }
  }
}
