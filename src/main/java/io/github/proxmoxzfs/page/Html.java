package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.status.OutsideText;
import io.github.proxmoxzfs.status.Tone;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes HTML. All text and all values of attributes are made harmless and escaped here; nothing
/// else is written but names of elements and attributes, which are ours, and the style sheet. So
/// nothing from outside can become markup, whoever calls it.
final class Html {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  /// Elements within a line, after which a line break would be a blank.
  private static final Set<String> INLINE =
      Set.of("a", "code", "span", "strong", "time", "dt", "dd", "td", "th");

  private final PrintWriter out;
  private final Deque<String> open = new ArrayDeque<>();

  Html(Writer out) {
    this.out = new PrintWriter(out);
  }

  /// Begins an element.
  ///
  /// @param attributes names and values in turn
  Html open(String element, String... attributes) {
    tag(element, attributes);
    open.push(element);
    return this;
  }

  /// Ends the element that was begun last.
  Html close() {
    String element = open.pop();
    out.write("</");
    out.write(element);
    out.write('>');
    if (!INLINE.contains(element)) {
      out.write('\n');
    }
    return this;
  }

  /// An element that has no end tag.
  Html single(String element, String... attributes) {
    tag(element, attributes);
    out.write('\n');
    return this;
  }

  private void tag(String element, String... attributes) {
    out.write('<');
    out.write(name(element));
    for (int i = 0; i < attributes.length; i += 2) {
      out.write(' ');
      out.write(name(attributes[i]));
      out.write("=\"");
      escape(OutsideText.harmless(attributes[i + 1]));
      out.write('"');
    }
    out.write('>');
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an element or attribute");
    }
    return name;
  }

  /// A text.
  Html text(String text) {
    escape(OutsideText.harmless(text));
    return this;
  }

  /// An element with a text.
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /// A text in a tone.
  Html toned(Tone tone, String text) {
    return element("span", text, "class", toneClass(tone));
  }

  /// A word in a frame whose colour is that of a tone: the word says what the colour does.
  Html badge(Tone tone, String word) {
    return element("span", word, "class", "badge " + toneClass(tone));
  }

  static String toneClass(Tone tone) {
    return tone.name().toLowerCase(Locale.ROOT);
  }

  /// A bar that shows a part of a whole, beside a text that says the same. It is drawn rather than
  /// styled, since the policy of the page allows no styles in attributes.
  ///
  /// @param ratio 1 is all; more and less are drawn as all and nothing
  Html bar(Tone tone, double ratio) {
    double part = Double.isNaN(ratio) ? 0 : Math.clamp(ratio, 0, 1);
    // What stands beside the bar is read out; the bar itself would only be read as "image".
    open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 100 1",
        "preserveAspectRatio",
        "none",
        "aria-hidden",
        "true");
    open("rect", "class", "whole", "width", "100", "height", "1").close();
    String width = String.format(Locale.ROOT, "%.1f", part * 100);
    open("rect", "class", "part " + toneClass(tone), "width", width, "height", "1").close();
    return close();
  }

  /// The style sheet.
  Html style() {
    out.write("<style>");
    out.write(Stylesheet.TEXT);
    out.write("</style>\n");
    return this;
  }

  /// The first line of a document.
  Html doctype() {
    out.write("<!DOCTYPE html>\n");
    return this;
  }

  /// Ends the document.
  void end() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("an element is still open: " + open.peek());
    }
    out.flush();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '&' -> out.write("&amp;");
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(character);
      }
    }
  }
}
