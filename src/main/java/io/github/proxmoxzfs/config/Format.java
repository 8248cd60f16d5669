package io.github.proxmoxzfs.config;

/// Where a configuration came from, and so in which words its reader is spoken to.
public enum Format {
  /// `config.yml`.
  YAML("endpoints", "token, token_file or token_env, or user and password"),
  /// `config.json` as the exporter of 2020 read it.
  JSON_OF_2020("Host", "User and Pass"),
  /// No file: environment variables alone.
  ENVIRONMENT("PVE_ENDPOINTS", "PVE_TOKEN, or PVE_USER and PVE_PASSWORD");

  private final String endpointKey;
  private final String credentialKeys;

  Format(String endpointKey, String credentialKeys) {
    this.endpointKey = endpointKey;
    this.credentialKeys = credentialKeys;
  }

  /// What to write to have a certificate accepted that was refused, and where beside what is there.
  ///
  /// @param trust what refused it
  /// @param fingerprint the certificate's SHA-256, as Proxmox shows it (`AA:BB:…`)
  String acceptLine(Trust trust, String fingerprint) {
    String line =
        switch (this) {
          case YAML -> "fingerprints: [\"" + fingerprint + "\"]";
          case JSON_OF_2020 -> "\"Fingerprints\": [\"" + fingerprint + "\"]";
          case ENVIRONMENT -> "PVE_FINGERPRINTS=" + fingerprint;
        };
    return switch (trust) {
      case Trust.SystemAuthorities _, Trust.None _ -> line;
      case Trust.AuthorityFile _ -> line + " (in place of " + authorityFileKey() + ")";
      case Trust.Fingerprints _ -> line + " (added to the fingerprints that stand there)";
    };
  }

  private String authorityFileKey() {
    return switch (this) {
      case YAML -> "ca_file";
      case JSON_OF_2020 -> "\"CaFile\"";
      case ENVIRONMENT -> "PVE_CA_FILE";
    };
  }

  String endpointKey() {
    return endpointKey;
  }

  String credentialKeys() {
    return credentialKeys;
  }

  String passwordKeys() {
    return switch (this) {
      case YAML -> "password, password_file or password_env";
      case JSON_OF_2020 -> "Pass";
      case ENVIRONMENT -> "PVE_PASSWORD or PVE_PASSWORD_FILE";
    };
  }

  String userKey() {
    return switch (this) {
      case YAML -> "user";
      case JSON_OF_2020 -> "User";
      case ENVIRONMENT -> "PVE_USER";
    };
  }
}
