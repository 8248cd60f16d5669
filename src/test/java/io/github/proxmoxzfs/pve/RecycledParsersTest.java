package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Whoever reads JSON first in a process, all others can: in classes of their own, so that it does
/// not matter which test came first.
class RecycledParsersTest {
  private static final String OBJECT = "{\"a\":1}";

  @Test
  void theSimulatorReadsJsonOnAVirtualThreadAfterTheClientDid() throws Exception {
    try (var classes = freshClasses()) {
      assertThat(onVirtualThread(() -> members(classes))).isEqualTo(Map.of("a", "1"));
    }
    try (var classes = freshClasses()) {
      assertThat(onVirtualThread(() -> read(classes)).toString()).contains("a=");
      assertThat(onVirtualThread(() -> members(classes))).isEqualTo(Map.of("a", "1"));
    }
  }

  private static Object read(ClassLoader classes) throws ReflectiveOperationException {
    Method read =
        classes
            .loadClass("io.github.proxmoxzfs.pve.JsonTree")
            .getDeclaredMethod("read", byte[].class);
    read.setAccessible(true);
    return read.invoke(null, (Object) OBJECT.getBytes(StandardCharsets.UTF_8));
  }

  private static Object members(ClassLoader classes) throws ReflectiveOperationException {
    return classes
        .loadClass("io.github.proxmoxzfs.sim.JsonText")
        .getMethod("members", String.class)
        .invoke(null, OBJECT);
  }

  private static <T> T onVirtualThread(Callable<T> work) throws Exception {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task.get();
  }

  private static URLClassLoader freshClasses() throws MalformedURLException {
    var path = new ArrayList<URL>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
