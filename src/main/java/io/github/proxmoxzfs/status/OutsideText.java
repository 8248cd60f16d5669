package io.github.proxmoxzfs.status;

/// Text from outside: names of pools and disks, what servers say.
public final class OutsideText {
  private OutsideText() {}

  /// Text from outside, fit to be shown: no control or formatting characters, so that it neither
  /// moves the cursor nor turns the direction of writing, and none that is written from right to
  /// left, which would take what stands beside it with it. Each of these is shown as its code.
  public static String harmless(String text) {
    if (text.chars().allMatch(character -> character >= ' ' && character <= '~')) {
      return text;
    }
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isHarmless(point)) {
                shown.appendCodePoint(point);
              } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
              }
            });
    return shown.toString();
  }

  private static boolean isHarmless(int point) {
    boolean seen =
        switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    return seen
        && switch (Character.getDirectionality(point)) {
          case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
              Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
              Character.DIRECTIONALITY_ARABIC_NUMBER ->
              false;
          default -> true;
        };
  }
}
