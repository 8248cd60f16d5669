package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import java.util.Optional;

/// The question for one pool (`GET /nodes/{node}/disks/zfs/{pool}`), to be asked again and again.
public final class PoolQuestion {
  private final Questioner questioner;
  private final String pool;
  private final Question<PoolStatus> question;
  private final UnchangedData<PoolStatus> answers = new UnchangedData<>();

  PoolQuestion(Questioner questioner, String node, String pool) {
    this.questioner = questioner;
    this.pool = pool;
    this.question =
        new Question<>(
            Optional.of(node),
            Work.ZFS,
            ProxmoxClient.zfsPath(node) + "/" + ServerText.percentEncoded(pool),
            answer -> FailedAnswers.ofPool(answer, pool),
            (data, _) -> new Question.Outcome.Value<>(answers.read(data, PoolStatusReader::read)));
  }

  /// Asks it. Proxmox is not asked for a name that it would refuse.
  ///
  /// @return the very same status as last time where the answer says the same
  public Reading<PoolStatus> ask(Deadline deadline) {
    return PoolStatusReader.isSupported(pool)
        ? questioner.ask(question, deadline)
        : FailedAnswers.unsupportedName(pool);
  }
}
