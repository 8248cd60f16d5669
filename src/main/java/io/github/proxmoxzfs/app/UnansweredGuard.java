package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.ZfsGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/// Keeps runs of commands that look once from leaving one stuck API worker after the other on a
/// node: what one run leaves unanswered is noted in a file, and later runs leave the node alone.
///
/// It is noted as soon as it is slow, so that neither a kill nor a run beside this one goes
/// unnoticed; an answer takes the note back.
final class UnansweredGuard implements ZfsGuard {
  /// What is unanswered for so long is noted.
  static final Duration SLOW = Duration.ofSeconds(2);

  private final UnansweredFile file;
  private final Set<String> endpoints;
  private final boolean askAnyway;
  private final InstantSource clock;
  private final Executor later;
  private final Map<String, OfNode> nodes = new TreeMap<>();
  private boolean ended;

  /// What is known of a node.
  private static final class OfNode {
    /// What earlier runs left behind.
    private Optional<UnansweredNote> earlier = Optional.empty();

    /// What this run has not had an answer to.
    private final List<Pending> pending = new ArrayList<>();

    private boolean answered;
    private boolean notServed;
    private boolean refused;

    private int noted() {
      return (int) pending.stream().filter(one -> one.noted).count();
    }
  }

  /// A question without an answer.
  private final class Pending implements Question {
    private final String node;
    private final String path;
    private final Optional<Instant> runningSince;
    private final Instant begun = clock.instant();
    private boolean noted;

    private Pending(String node, String path, Optional<Instant> runningSince) {
      this.node = node;
      this.path = path;
      this.runningSince = runningSince;
    }

    @Override
    public void answered() {
      UnansweredGuard.this.answered(this);
    }

    @Override
    public void notServed() {
      UnansweredGuard.this.notServed(this);
    }

    @Override
    public void lost() {
      UnansweredGuard.this.lost(this);
    }
  }

  /// @param endpoints the authorities of the cluster's endpoints
  /// @param askAnyway whether earlier notes keep nothing back
  /// @param later runs what it is given after [#SLOW]
  UnansweredGuard(
      UnansweredFile file,
      Set<String> endpoints,
      boolean askAnyway,
      InstantSource clock,
      Executor later) {
    this.file = file;
    this.endpoints = Set.copyOf(endpoints);
    this.askAnyway = askAnyway;
    this.clock = clock;
    this.later = later;
    for (UnansweredNote note : file.read()) {
      if (note.isOf(endpoints, note.node())) {
        of(note.node()).earlier = Optional.of(note);
      }
    }
  }

  @Override
  public synchronized Optional<Failed<?>> refusal(String node, Optional<Instant> runningSince) {
    OfNode known = of(node);
    Instant now = clock.instant();
    if (known.earlier.filter(note -> note.isRestarted(runningSince, now)).isPresent()) {
      known.earlier = Optional.empty();
      write(node, runningSince);
    }
    if (askAnyway || known.earlier.isEmpty()) {
      return Optional.empty();
    }
    UnansweredNote note = known.earlier.get();
    if (note.isOver(now) && note.count() + known.noted() < UnansweredNote.MOST) {
      return Optional.empty();
    }
    known.refused = true;
    return Optional.of(new Failed<>(FailureReason.STUCK, note.why()));
  }

  @Override
  public synchronized Question asked(String node, String path, Optional<Instant> runningSince) {
    var question = new Pending(node, path, runningSince);
    of(node).pending.add(question);
    later.execute(this::noteSlow);
    return question;
  }

  private OfNode of(String node) {
    return nodes.computeIfAbsent(node, _ -> new OfNode());
  }

  private synchronized void answered(Pending question) {
    if (ended) {
      return;
    }
    OfNode known = of(question.node);
    known.answered = true;
    boolean noted = known.noted() > 0;
    // Also what the same question left before: it would hang as well.
    known.pending.removeIf(one -> one == question || one.path.equals(question.path));
    if (noted) {
      write(question.node, question.runningSince);
    }
  }

  private synchronized void notServed(Pending question) {
    if (ended) {
      return;
    }
    OfNode known = of(question.node);
    known.notServed = true;
    known.pending.remove(question);
    if (question.noted) {
      write(question.node, question.runningSince);
    }
  }

  private synchronized void lost(Pending question) {
    if (!ended) {
      note(question);
    }
  }

  /// Notes what has been unanswered for [#SLOW].
  synchronized void noteSlow() {
    if (!ended) {
      noteSince(clock.instant().minus(SLOW));
    }
  }

  private void noteSince(Instant latest) {
    for (OfNode known : nodes.values()) {
      known.pending.stream().filter(one -> !one.begun.isAfter(latest)).toList().forEach(this::note);
    }
  }

  private void note(Pending question) {
    if (!question.noted) {
      question.noted = true;
      write(question.node, question.runningSince);
    }
  }

  /// A look has ended: forgets what was noted of nodes that answered all they were asked.
  synchronized void looked() {
    if (ended) {
      return;
    }
    nodes.forEach(
        (node, known) -> {
          boolean well = known.answered && !known.notServed && known.pending.isEmpty();
          if (well && known.earlier.isPresent()) {
            known.earlier = Optional.empty();
            write(node, Optional.empty());
          }
          known.answered = false;
          known.notServed = false;
        });
  }

  /// Nothing more is asked: notes what is still unanswered.
  ///
  /// @param least how long it must have been under way to be noted
  synchronized void end(Duration least) {
    if (!ended) {
      noteSince(clock.instant().minus(least));
      ended = true;
    }
  }

  /// The nodes that were not asked because of earlier runs, each with why and what to do.
  synchronized List<String> refusals() {
    return nodes.values().stream()
        .filter(known -> known.refused)
        .flatMap(known -> known.earlier.stream())
        .map(UnansweredNote::why)
        .toList();
  }

  private void write(String node, Optional<Instant> runningSince) {
    OfNode known = of(node);
    int own = known.noted();
    Optional<UnansweredNote> note =
        own == 0 ? known.earlier : Optional.of(note(node, known, own, runningSince));
    file.change(
        before -> {
          var after =
              new ArrayList<>(before.stream().filter(one -> !one.isOf(endpoints, node)).toList());
          note.ifPresent(after::add);
          return after;
        });
  }

  private UnansweredNote note(String node, OfNode known, int own, Optional<Instant> runningSince) {
    Instant now = clock.instant();
    return new UnansweredNote(
        endpoints,
        node,
        known.earlier.map(UnansweredNote::count).orElse(0) + own,
        now,
        runningSince
            .map(since -> OptionalLong.of(Duration.between(since, now).toSeconds()))
            .orElseGet(OptionalLong::empty));
  }
}
