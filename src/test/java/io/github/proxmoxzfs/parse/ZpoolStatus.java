package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.PoolStatus;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Output of `zpool status -P`, as tests write it down, through a copy of what Proxmox does to it
/// (pve-storage 9.1 `PVE/API2/Disks/ZFS.pm`, sub `detail`): the compact way to a [PoolStatus].
public final class ZpoolStatus {
  private static final Pattern FIELD = Pattern.compile("^\\s*(\\S+): (\\S+.*)$");
  private static final Pattern CONTINUATION = Pattern.compile("^\\s+(\\S+.*)$");
  private static final Pattern CONFIG = Pattern.compile("^\\s*config:.*$");
  private static final Pattern ROW =
      Pattern.compile("^(\\s+)(\\S+)\\s*(\\S+)?(?:\\s+(\\S+)\\s+(\\S+)\\s+(\\S+))?\\s*(.*)$");
  private static final Pattern NUMBER = Pattern.compile("^\\d+(?:\\.\\d+)?");

  private static final Pattern SHORT_ROW = Pattern.compile("^( +\\S+ +(?!AVAIL|INUSE)[A-Z]+)");
  private static final String WITH_COUNTERS = "$1  0  0  0 ";

  private final Map<String, String> fields = new HashMap<>();
  private final Row root = new Row(ROW.matcher(""), 0);
  private final Deque<Row> stack = new ArrayDeque<>(List.of(root));
  private String field = "";
  private boolean inTable;
  private int level;

  /// A row while the tree grows.
  private record Row(Matcher cells, int level, List<Row> children) {
    Row(Matcher cells, int level) {
      this(cells, level, new ArrayList<>());
    }

    VdevRow finish() {
      return new VdevRow(
          cells.group(2),
          Optional.ofNullable(cells.group(3)),
          Optional.ofNullable(cells.group(4)).map(ZpoolStatus::number),
          Optional.ofNullable(cells.group(5)).map(ZpoolStatus::number),
          Optional.ofNullable(cells.group(6)).map(ZpoolStatus::number),
          Optional.of(cells.group(7)),
          children.isEmpty(),
          children.stream().map(Row::finish).toList());
    }
  }

  private ZpoolStatus() {}

  /// The pool that `zpool status -P` shows so.
  public static PoolStatus parse(String output) {
    return PoolStatusParser.parse(text(output));
  }

  /// A pool with vdevs in short: a row a line, `NAME STATE` and perhaps notes, the pool's row and
  /// all counters left out; rows of sections have no state and are not indented.
  ///
  /// @param fields what stands above the table, as `scan: …`
  /// @param rows the rows, in two blanks per level, those below the pool in two
  public static PoolStatus pool(String fields, String rows) {
    var table = new StringBuilder("\ttank  ONLINE  0  0  0\n");
    rows.lines()
        .forEach(
            row ->
                table
                    .append('\t')
                    .append(SHORT_ROW.matcher(row).replaceFirst(WITH_COUNTERS))
                    .append('\n'));
    return parse(
        "  pool: tank\n state: ONLINE\n%s\nconfig:\n\n\tNAME STATE READ WRITE CKSUM\n%s\nerrors: No known data errors\n"
            .formatted(fields, table));
  }

  /// What Proxmox answers for an output.
  public static PoolStatusText text(String output) {
    var zpool = new ZpoolStatus();
    output.lines().forEach(zpool::read);
    return new PoolStatusText(zpool.fields, zpool.root.children.stream().map(Row::finish).toList());
  }

  private void read(String line) {
    Matcher named = FIELD.matcher(line);
    Matcher continued = CONTINUATION.matcher(line);
    Matcher row = ROW.matcher(line);
    if (named.matches()) {
      field = named.group(1).equals("pool") ? "name" : named.group(1);
      fields.put(field, named.group(2));
      inTable &= !field.equals("errors");
    } else if (!inTable && continued.matches()) {
      fields.merge(field, continued.group(1), (before, more) -> before + " " + more);
    } else if (!inTable && CONFIG.matcher(line).matches()) {
      inTable = true;
    } else if (inTable && row.matches() && !row.group(2).equals("NAME")) {
      add(new Row(row, row.group(1).length() / 2 + 1));
    }
  }

  private void add(Row row) {
    if (row.level <= level) {
      while (stack.getLast().level >= row.level) {
        stack.removeLast();
      }
    }
    stack.getLast().children.add(row);
    stack.addLast(row);
    level = row.level;
  }

  /// What Perl makes of a text to which 0 is added.
  static String number(String text) {
    Matcher number = NUMBER.matcher(text);
    return number.find()
        ? new BigDecimal(number.group()).stripTrailingZeros().toPlainString()
        : "0";
  }
}
