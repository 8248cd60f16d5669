package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Scan.Function;
import io.github.proxmoxzfs.domain.Scan.Progress;
import io.github.proxmoxzfs.domain.Scan.Subject;
import io.github.proxmoxzfs.parse.ScanPrinter.Release;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a release prints is read back: exactly, but for the digits that ZFS rounds away.
class ScanRoundTripTest {
  private static final int ROUNDS = 5_000;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final OptionalLong NONE = OptionalLong.empty();

  @ParameterizedTest
  @EnumSource
  void whatAReleasePrintsIsReadBack(Release release) {
    var random = new Random(release.name().hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      Scan scan = scan(random, release);
      String text = new ScanPrinter(release).print(scan);

      Scan read = ScanParser.parse(text);

      assertThat(read).as(text).hasSameClassAs(scan);
      assertThat(read)
          .as(text)
          .usingRecursiveComparison()
          .withEqualsForType(ScanRoundTripTest::close, OptionalLong.class)
          .withEqualsForType(ScanRoundTripTest::close, OptionalDouble.class)
          .isEqualTo(scan);
    }
  }

  /// Counts are small here and must be equal; sizes have three digits.
  private static boolean close(OptionalLong ours, OptionalLong theirs) {
    return ours.isPresent() == theirs.isPresent()
        && Math.abs(ours.orElse(0) - theirs.orElse(0)) <= theirs.orElse(0) * 0.005;
  }

  private static boolean close(OptionalDouble ours, OptionalDouble theirs) {
    return ours.isPresent() == theirs.isPresent()
        && Math.abs(ours.orElse(0) - theirs.orElse(0)) <= 0.00006;
  }

  private static Scan scan(Random random, Release release) {
    Subject subject = subject(random, release);
    Progress progress = progress(random, release, subject.function());
    return switch (random.nextInt(4)) {
      case 0 -> finished(random, release, subject);
      case 1 -> new Scan.Canceled(subject, date(random));
      case 2 -> new Scan.InProgress(subject, date(random), progress);
      default ->
          pausable(release, subject)
              ? new Scan.Paused(subject, date(random), date(random), still(progress))
              : new Scan.InProgress(subject, date(random), progress);
    };
  }

  private static boolean pausable(Release release, Subject subject) {
    return release != Release.V0_6
        && (subject.function() == Function.SCRUB || subject.function() == Function.ERROR_SCRUB);
  }

  private static Subject subject(Random random, Release release) {
    List<Function> functions =
        switch (release) {
          case V0_6, V0_7, V0_8 -> List.of(Function.SCRUB, Function.RESILVER);
          case V2_0 -> List.of(Function.SCRUB, Function.RESILVER, Function.REBUILD);
          case V2_2, MASTER -> List.of(Function.values());
        };
    Function function = functions.get(random.nextInt(functions.size()));
    return new Subject(
        function,
        release == Release.MASTER && function == Function.SCRUB && random.nextBoolean(),
        function == Function.REBUILD
            ? Optional.of(
                List.of("mirror-0", "raidz2-11", "draid1:3d:6c:1s-0").get(random.nextInt(3)))
            : Optional.empty());
  }

  private static Scan finished(Random random, Release release, Subject subject) {
    boolean errorScrub = subject.function() == Function.ERROR_SCRUB;
    return new Scan.Finished(
        subject,
        errorScrub ? NONE : OptionalLong.of(size(random)),
        Optional.of(duration(random, release)),
        errorScrub ? NONE : OptionalLong.of(random.nextInt(100)),
        errorScrub ? OptionalLong.of(random.nextInt(100)) : NONE,
        date(random));
  }

  private static Progress progress(Random random, Release release, Function function) {
    var ratio =
        random.nextInt(10) == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(random.nextDouble() * 1.2);
    if (function == Function.ERROR_SCRUB) {
      return new Progress(
          NONE,
          NONE,
          NONE,
          NONE,
          NONE,
          NONE,
          ratio,
          Optional.empty(),
          OptionalLong.of(random.nextInt(100)));
    }
    boolean issues = release.compareTo(Release.V0_8) >= 0;
    boolean rates = release.compareTo(Release.V2_2) < 0 || random.nextBoolean();
    return new Progress(
        OptionalLong.of(size(random)),
        issues ? OptionalLong.of(size(random)) : NONE,
        OptionalLong.of(size(random)),
        rates ? OptionalLong.of(size(random)) : NONE,
        rates && issues ? OptionalLong.of(size(random)) : NONE,
        OptionalLong.of(size(random)),
        ratio,
        random.nextBoolean() ? Optional.of(duration(random, release)) : Optional.empty(),
        NONE);
  }

  /// A paused scan has neither rates nor an end in sight.
  private static Progress still(Progress progress) {
    return new Progress(
        progress.scannedBytes(),
        progress.issuedBytes(),
        progress.totalBytes(),
        NONE,
        NONE,
        progress.processedBytes(),
        progress.progressRatio(),
        Optional.empty(),
        progress.errorBlocks());
  }

  private static long size(Random random) {
    return random.nextLong(1L << random.nextInt(1, 62));
  }

  private static Duration duration(Random random, Release release) {
    long seconds = random.nextLong(1L << random.nextInt(1, 25));
    return release.compareTo(Release.V0_8) < 0
        ? Duration.ofMinutes(seconds)
        : Duration.ofSeconds(seconds);
  }

  private static LocalDateTime date(Random random) {
    return EPOCH.plusSeconds(random.nextLong(1L << 32));
  }
}
