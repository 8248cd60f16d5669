package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.Quantities;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Moments as the page shows them: how long ago, with the exact one for machines and for whoever
/// points at it.
///
/// @param now when the page is made
record Moments(Instant now) {
  /// `12s ago`.
  void ago(Html html, Instant moment) {
    String exact = moment.truncatedTo(ChronoUnit.SECONDS).toString();
    html.element("time", Quantities.ago(moment, now), "datetime", exact, "title", exact);
  }

  /// When something was read, if it was.
  void read(Html html, Reading<?> reading) {
    if (reading instanceof Reading.Ok<?>(_, Instant readAt)) {
      html.open("span", "class", "when").text("read ");
      ago(html, readAt);
      html.close();
    }
  }
}
