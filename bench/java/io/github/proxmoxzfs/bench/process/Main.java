package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;

/// Runs the benchmarks of the process.
final class Main {
  private Main() {}

  /// Runs them.
  ///
  /// @param args which: `footprint`, `options`, `many`
  public static void main(String[] args) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String benchmark : args) {
        switch (benchmark) {
          case "options" -> OptionsTable.print(client);
          default -> throw new IllegalArgumentException("no benchmark " + benchmark);
        }
        System.out.println();
      }
    }
  }
}
