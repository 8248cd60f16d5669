package io.github.proxmoxzfs.page;

import java.util.List;

/// Tables, which scroll where the screen is narrow, by keyboard too.
final class Tables {
  private Tables() {}

  /// Begins a table, up to where its first row begins.
  ///
  /// @param style which table it is, for the style sheet
  /// @param caption what it shows, for those who do not see where it stands
  static void begin(Html html, String style, String caption, List<String> columns) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption);
    html.open("table", "class", style).element("caption", caption, "class", "unseen-text");
    html.open("thead").open("tr");
    columns.forEach(column -> html.element("th", column, "scope", "col"));
    html.close().close().open("tbody");
  }

  static void end(Html html) {
    html.close().close().close();
  }
}
