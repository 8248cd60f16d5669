package io.github.proxmoxzfs.recording;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What stands for each text of an answer, by the member that it is in and the path of the answer.
/// What stands in a member that is not known to be harmless is taken for a name.
final class AnswerRule implements JsonRewriter.Rule {
  /// Fields that hold words of Proxmox's own, model names and versions.
  private static final Set<String> WORDS =
      Set.of(
          "active",
          "allow",
          "arch",
          "architecture",
          "attributes",
          "bus",
          "content",
          "controller",
          "currentstate",
          "dev",
          "enabled",
          "flags",
          "format",
          "gpt",
          "health",
          "id",
          "level",
          "managerversion",
          "media",
          "model",
          "mountable",
          "notifybugs",
          "oldversion",
          "osdid",
          "osdid-list",
          "origin",
          "package",
          "parent",
          "plugintype",
          "preallocation",
          "priority",
          "prune-backups",
          "release",
          "repoid",
          "rpm",
          "rotational",
          "runningkernel",
          "schedule",
          "section",
          "shared",
          "size",
          "state",
          "status",
          "timezone",
          "title",
          "type",
          "used",
          "vendor",
          "version",
          "vmtype",
          "wearout",
          "when_failed",
          "fail",
          "flag",
          "raw",
          "threshold",
          "value",
          "worst",
          "normalized",
          "name");

  /// Fields that hold a node's name, or several with commas between them.
  private static final Set<String> NODES = Set.of("node", "source", "target", "nodes");

  /// Fields that hold text in which anything may occur.
  private static final Set<String> FREE =
      Set.of(
          "message",
          "errors",
          "error",
          "text",
          "msg",
          "devpath",
          "by_id_link",
          "path",
          "maintainer");

  /// Fields that would tell which server this is, or let one in.
  private static final Set<String> LEFT_OUT =
      Set.of(
          "ssl_fingerprint",
          "fingerprint",
          "ticket",
          "csrfpreventiontoken",
          "password",
          "keyring",
          "encryption-key",
          "master-pubkey",
          "digest",
          "authid",
          "secret",
          "token",
          "cap",
          "changelogurl",
          "description",
          "hash");

  private static final Pattern VDEV_GROUP =
      Pattern.compile(
          "(?:mirror|raidz\\d?|draid\\d?|spare|replacing|indirect|missing|root)(?:[-:].*)?"
              + "|logs|cache|spares|special|dedup|stripe");

  private static final Set<String> SECTIONS = Set.of("logs", "cache", "spares", "special", "dedup");

  private static final Pattern NOTHING =
      Pattern.compile("|unknown|N/A|none|-", Pattern.CASE_INSENSITIVE);

  private final String path;
  private final Texts texts;
  private final Dates dates;

  /// @param path the decoded path of the answer, below `/api2/json`
  /// @param dates turns moments into such that move with the clock
  AnswerRule(String path, Texts texts, Dates dates) {
    this.path = path;
    this.texts = texts;
    this.dates = dates;
  }

  @Override
  public Optional<String> name(String parent, String name) {
    if (LEFT_OUT.contains(name.toLowerCase(Locale.ROOT)) && !isZfs()) {
      return Optional.empty();
    }
    return Optional.of(name.startsWith("/") ? DevicePaths.renamed(name, texts) : name);
  }

  private boolean isPoolList() {
    return path.matches("/nodes/[^/]+/disks/zfs");
  }

  private boolean isPool() {
    return path.matches("/nodes/[^/]+/disks/zfs/.+");
  }

  private boolean isZfs() {
    return isPoolList() || isPool();
  }

  @Override
  public String text(String parent, String name, String text) {
    if (NOTHING.matcher(text).matches()) {
      return text;
    }
    String member = name.toLowerCase(Locale.ROOT);
    if (member.equals("name")) {
      return named(text);
    }
    if (isPool()) {
      return member.equals("comment")
          ? texts.replacements().text("comment ", text)
          : member.equals("state") ? text : dates.relative(texts.free(text), path);
    }
    return switch (member) {
      case "serial" -> texts.serial(text);
      case "wwn" -> wwn(text);
      case "storage" -> texts.name("storage", text);
      case "pool", "dataset" -> dataset(text);
      case "id" -> id(text);
      case "comment", "notes" -> texts.replacements().text("comment ", text);
      default -> {
        if (NODES.contains(member)) {
          yield nodes(text);
        }
        if (WORDS.contains(member)) {
          yield text;
        }
        yield FREE.contains(member) || parent.equals("errors")
            ? texts.free(text)
            : texts.replacements().text("text", text);
      }
    };
  }

  private String wwn(String wwn) {
    String renamed = texts.patterns(wwn);
    return renamed.equals(wwn) ? texts.serial(wwn) : renamed;
  }

  private String named(String text) {
    if (isPoolList()) {
      return isSection(text) ? text : texts.name("pool", text);
    }
    if (isPool()) {
      if (!isSection(text) && path.endsWith("/disks/zfs/" + text)) {
        return texts.name("pool", text);
      }
      if (VDEV_GROUP.matcher(text).matches()) {
        return text;
      }
      if (text.matches("\\d+")) {
        return texts.guid(text);
      }
      return text.startsWith("/") ? DevicePaths.renamed(text, texts) : texts.name("vdev", text);
    }
    // Of SMART attributes.
    return path.contains("/disks/") ? text : texts.name("guest", text);
  }

  /// Whether ZFS calls a part of each pool so. A pool of that name keeps it: its own row could not
  /// be told from the part.
  static boolean isSection(String name) {
    return SECTIONS.contains(name);
  }

  private String dataset(String text) {
    var renamed = new StringBuilder();
    for (String part : text.split("/", -1)) {
      renamed.append(renamed.isEmpty() ? "" : "/");
      renamed.append(texts.name(renamed.isEmpty() ? "pool" : "dataset", part));
    }
    return renamed.toString();
  }

  /// `node/pve1`, `storage/pve1/local`, `100-0`, ` 5`.
  private String id(String text) {
    if (!text.contains("/")) {
      return text;
    }
    String[] parts = text.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      String kind = i == 1 && !parts[0].equals("pool") ? "node" : "storage";
      parts[i] = parts[i].matches("\\d+") ? parts[i] : texts.name(kind, parts[i]);
    }
    return String.join("/", parts);
  }

  private String nodes(String text) {
    var renamed = new StringBuilder();
    for (String node : text.split(",", -1)) {
      renamed.append(renamed.isEmpty() ? "" : ",").append(texts.name("node", node));
    }
    return renamed.toString();
  }

  @Override
  public String number(String name, String number) {
    return dates.relative(name, number, path);
  }
}
