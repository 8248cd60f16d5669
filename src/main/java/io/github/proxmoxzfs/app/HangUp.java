package io.github.proxmoxzfs.app;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;

/// The signal by which a service is told to read its configuration again (`systemctl reload`, `kill
/// -HUP`). Unhandled it would end Java.
final class HangUp {
  private static final System.Logger LOG = System.getLogger(HangUp.class.getName());

  private HangUp() {}

  /// Has something done at each such signal from now on. By reflection, since javac warns of these
  /// classes, the only way to a signal, in a manner that cannot be switched off.
  static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      LOG.log(
          Level.WARNING,
          "The signal HUP ends the exporter here instead of reloading the configuration.",
          "detail",
          unavailable);
    }
  }
}
