package io.github.proxmoxzfs.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Shows lines again and again in the place where they stood before; where standard output is no
/// terminal, below each other.
final class RedrawnScreen implements AutoCloseable {
  /// The terminal's second screen, so that what stood on the first one is there again afterwards,
  /// without a cursor (xterm's private modes 1049 and 25, which all terminals of today know).
  private static final String ENTER = "\u001b[?1049h\u001b[?25l";

  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String TOP = "\u001b[H";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final Terminal terminal;
  private final boolean inPlace;
  private final PrintWriter out;
  private final Thread leaving = Thread.ofPlatform().name("leave-screen").unstarted(this::leave);
  private boolean entered;

  private RedrawnScreen(Terminal terminal, boolean inPlace, PrintWriter out) {
    this.terminal = terminal;
    this.inPlace = inPlace;
    this.out = out;
  }

  /// A screen that has not been shown yet.
  ///
  /// @param belowEachOther whether to print below each other even on a terminal
  static RedrawnScreen of(Terminal terminal, boolean belowEachOther, PrintWriter out) {
    return new RedrawnScreen(terminal, terminal.isThere() && !belowEachOther, out);
  }

  /// Shows these lines, of which those that fit: a terminal would scroll for more.
  synchronized void show(List<String> lines) {
    if (!inPlace) {
      lines.forEach(out::println);
      out.flush();
      return;
    }
    if (!entered) {
      // However the process ends, the terminal must be as it was.
      Runtime.getRuntime().addShutdownHook(leaving);
      out.print(ENTER);
      entered = true;
    }
    out.print(TOP);
    out.print(String.join(CLEAR_REST_OF_LINE + "\r\n", fitting(lines, terminal.size().rows())));
    out.print(CLEAR_REST_OF_LINE + CLEAR_BELOW);
    out.flush();
  }

  static List<String> fitting(List<String> lines, int rows) {
    if (lines.size() <= rows) {
      return lines;
    }
    var fitting = new ArrayList<>(lines.subList(0, Math.max(0, rows - 1)));
    int hidden = lines.size() - fitting.size();
    fitting.add("+ " + hidden + " lines: enlarge the terminal, or choose by --node or --cluster");
    return fitting;
  }

  private synchronized void leave() {
    if (entered) {
      out.print(LEAVE);
      out.flush();
      entered = false;
    }
  }

  @Override
  public void close() {
    leave();
  }
}
