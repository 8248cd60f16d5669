package io.github.proxmoxzfs.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Renames within texts.
final class Texts {
  // Renamed parts are set aside so that nothing renames them again: a mark, their number, a mark.
  private static final char BEGIN = '\uE000';
  private static final char END = '\uE001';
  private static final Pattern SET_ASIDE = Pattern.compile(BEGIN + "(\\d+)" + END);

  private static final String NO_WORD_BEFORE = "(?<![A-Za-z0-9])";
  private static final String NO_WORD_AFTER = "(?![A-Za-z0-9])";

  private static final Pattern PATH = Pattern.compile("(?<![^\\s'\"(=,])/[^\\s'\",()]+");

  private static final Pattern FINGERPRINT =
      Pattern.compile(NO_WORD_BEFORE + "(?:[0-9A-Fa-f]{2}:){15,}[0-9A-Fa-f]{2}" + NO_WORD_AFTER);

  private static final Pattern UUID =
      Pattern.compile(
          NO_WORD_BEFORE
              + "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
              + NO_WORD_AFTER);

  /// Of LVM, in its own alphabet.
  private static final Pattern LVM_UUID =
      Pattern.compile(
          NO_WORD_BEFORE + "[A-Za-z0-9]{6}(?:-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}" + NO_WORD_AFTER);

  private static final Pattern MAC =
      Pattern.compile("(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:])");

  private static final Pattern IPV4 =
      Pattern.compile(
          "(?<![\\w.-])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w-]|\\.\\d)");

  private static final Pattern IPV6 =
      Pattern.compile(
          "(?<![\\w:])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
              + "|(?=[0-9A-Fa-f:]*::)(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4})(?![\\w:])");

  private static final Pattern USER =
      Pattern.compile("[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\\.)*[A-Za-z0-9-]+(?:![A-Za-z0-9._-]+)?");

  private static final Pattern IQN = Pattern.compile("iqn\\.[0-9-]{7}\\.[^\\s/]+?(?=-lun-|$|\\s)");

  /// A WWN, an EUI, a digest.
  private static final Pattern HEXADECIMAL =
      Pattern.compile("(?<![A-Za-z0-9])(?:0x)?([0-9a-fA-F]{12,})(?![A-Za-z0-9])");

  /// Of SCSI disks and some NVMe ones: it may stand elsewhere as a WWN.
  private static final Pattern HEXADECIMAL_SERIAL =
      Pattern.compile("(?:0x)?(?:[0-9a-fA-F]{16}){1,2}");

  private static final Pattern GUID = Pattern.compile("(?<![\\w.])\\d{16,20}(?![\\w.])");

  private static final Pattern SERIAL =
      Pattern.compile("(?im)(?<=serial number:)([ \\t]*)(\\S[^\\r\\n]*)");

  private final Replacements replacements;
  private final List<String> asides = new ArrayList<>();

  Texts(Replacements replacements) {
    this.replacements = replacements;
  }

  Replacements replacements() {
    return replacements;
  }

  /// A text in which anything may occur.
  String free(String text) {
    return settled(unsettledFree(text));
  }

  private String unsettledFree(String text) {
    String marked = text.replace(BEGIN, '?').replace(END, '?');
    marked = each(SERIAL, marked, m -> m.group(1) + serial(m.group(2).strip()));
    marked = each(PATH, marked, m -> DevicePaths.renamed(m.group(), new Texts(replacements)));
    marked = unsettledPatterns(marked);
    return unsettledKnown(marked, true);
  }

  /// A text in which names and addresses of known forms may occur.
  String patterns(String text) {
    return settled(unsettledPatterns(text));
  }

  private String unsettledPatterns(String text) {
    String marked = each(FINGERPRINT, text, _ -> "00:00");
    marked = each(UUID, marked, m -> hexadecimalForm(m.group()));
    marked = each(LVM_UUID, marked, m -> replacements.form(m.group()));
    marked = each(MAC, marked, m -> hexadecimalForm(m.group()));
    marked = each(IPV4, marked, m -> replacements.text("192.0.2.", m.group()));
    marked = each(IPV6, marked, m -> replacements.text("2001:db8::", m.group()));
    marked = each(IQN, marked, m -> replacements.text("iqn.2000-01.example:target", m.group()));
    marked = each(USER, marked, m -> user(m.group()));
    marked = each(GUID, marked, m -> guid(m.group()));
    return each(
        HEXADECIMAL,
        marked,
        m ->
            m.group().substring(0, m.group().length() - m.group(1).length())
                + hexadecimal(m.group(1)));
  }

  /// Digits alone are a number.
  private String hexadecimal(String digits) {
    return digits.chars().allMatch(Character::isDigit) && digits.length() < 16
        ? digits
        : replacements.hexadecimal(digits);
  }

  private String hexadecimalForm(String text) {
    String key = text.toLowerCase(Locale.ROOT);
    String made =
        replacements
            .all()
            .computeIfAbsent(
                key,
                _ ->
                    key.chars()
                        .mapToObj(
                            c ->
                                Character.digit(c, 16) < 0
                                    ? String.valueOf((char) c)
                                    : replacements.randomDigit())
                        .collect(Collectors.joining()));
    return text.equals(key) ? made : made.toUpperCase(Locale.ROOT);
  }

  private String user(String original) {
    return replacements.text("user", original) + "@pve";
  }

  /// The GUID of a vdev, which ZFS prints in decimal.
  String guid(String original) {
    return replacements.form(original);
  }

  /// A serial number.
  String serial(String original) {
    return HEXADECIMAL_SERIAL.matcher(original).matches()
        ? patterns(original)
        : replacements.form(original);
  }

  /// A name of some kind.
  String name(String kind, String original) {
    return replacements.name(kind, original);
  }

  boolean isKnown(String name) {
    return replacements.all().containsKey(name);
  }

  /// A text in which names may occur that were found elsewhere.
  String known(String text) {
    return settled(unsettledKnown(text, false));
  }

  private String unsettledKnown(String text, boolean alsoQuoted) {
    String marked = text;
    List<String> originals =
        replacements.all().keySet().stream()
            .filter(original -> !original.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    for (String original : originals) {
      if (!marked.contains(original)) {
        continue;
      }
      String quoted = Pattern.quote(original);
      // A common word is meant where it stands in quotes, as a command's operand, or in a path.
      String pattern =
          !Vocabulary.holds(original)
              ? NO_WORD_BEFORE + quoted + NO_WORD_AFTER
              : alsoQuoted
                  ? "(?<=['\"])"
                      + quoted
                      + "(?=['\"])|(?<=-[A-Za-z]{1,4} )"
                      + quoted
                      + "(?=['\"\\s]|$)"
                      + "|(?<=^|[\\s'\"])"
                      + quoted
                      + "(?=/\\S)|(?<=/)"
                      + quoted
                      + "(?=/|$|\\s)"
                  : "(?<=/)" + quoted + "(?=/|$)";
      String replacement = replacements.all().getOrDefault(original, original);
      marked = each(Pattern.compile(pattern), marked, _ -> replacement);
    }
    return marked;
  }

  private String each(Pattern pattern, String text, Function<MatchResult, String> rename) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(aside(rename.apply(match))));
  }

  private String aside(String renamed) {
    asides.add(renamed);
    return BEGIN + String.valueOf(asides.size() - 1) + END;
  }

  private String settled(String marked) {
    String text = marked;
    while (text.indexOf(BEGIN) >= 0) {
      String before = text;
      text =
          SET_ASIDE
              .matcher(text)
              .replaceAll(m -> Matcher.quoteReplacement(asides.get(Integer.parseInt(m.group(1)))));
      if (text.equals(before)) {
        break;
      }
    }
    return text;
  }
}
