package io.github.proxmoxzfs.parse;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes texts that are almost, but not quite, what ZFS prints.
final class Mutations {
  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\t",
          "\n",
          "",
          ":",
          "'",
          "pool '",
          "(",
          ")",
          "-",
          "/",
          "%",
          "-nan%",
          "inf%",
          "0",
          "9",
          "18446744073709551615",
          "18446744073709551616",
          "99999999999999999999999999",
          "1.",
          ".5",
          "1.00K",
          "16.0E",
          "213503982334601 days 06:00:28",
          "Feb 30",
          "Mon ",
          "on ",
          " in ",
          " at ",
          "/s",
          " to go",
          "was ",
          "(resilvering)",
          "scan warning: ",
          "mirror-0",
          "draid1:1d:2c:0s-0",
          "replacing-0",
          "spares",
          "logs",
          "ONLINE",
          "UNKNOWN",
          "İ",
          "ı",
          "٣",
          "\uD800",
          "\u0000",
          "é",
          "…");

  private final Random random;
  private final List<String> corpus;

  Mutations(Random random, List<String> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  String next() {
    String text = pick(corpus);
    for (int change = random.nextInt(4); change >= 0; change--) {
      text = changed(text);
    }
    return text;
  }

  private String changed(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = from + random.nextInt(Math.min(20, text.length() - from) + 1);
    String before = text.substring(0, from);
    String middle = text.substring(from, to);
    String after = text.substring(to);
    return switch (random.nextInt(8)) {
      case 0 -> before + after;
      case 1 -> before + middle + middle + after;
      case 2 -> before + pick(PIECES) + after;
      case 3 -> before + pick(PIECES) + middle + after;
      case 4 -> before;
      case 5 -> before + pick(corpus);
      case 6 -> before + (char) random.nextInt(0x3000) + after;
      default -> before + middle.toUpperCase(Locale.ROOT) + after;
    };
  }

  private String pick(List<String> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
