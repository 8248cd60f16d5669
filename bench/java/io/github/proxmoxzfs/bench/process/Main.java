package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;

/// Runs the benchmarks of the process.
final class Main {
  private static final int SCRAPES = 5000;
  private static final int ROUNDS = 12;

  private Main() {}

  /// Runs them.
  ///
  /// @param args which: `footprint`, `options`, `many`; a number makes it shorter or longer
  ///   (`footprint=1500`): the scrapes of the first two, the rounds of the last
  public static void main(String[] args) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String benchmark : args) {
        String[] parts = benchmark.split("=", 2);
        switch (parts[0]) {
          case "footprint" -> Footprint.print(client, number(parts, SCRAPES));
          case "options" -> OptionsTable.print(client, number(parts, OptionsTable.SCRAPES));
          case "many" -> ManyClusters.print(client, number(parts, ROUNDS));
          default -> throw new IllegalArgumentException("no benchmark " + benchmark);
        }
        System.out.println();
      }
    }
  }

  private static int number(String[] parts, int usual) {
    return parts.length == 1 ? usual : Integer.parseInt(parts[1]);
  }
}
