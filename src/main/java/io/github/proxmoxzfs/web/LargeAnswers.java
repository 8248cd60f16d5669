package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Makes large answers, in the order in which they are wanted.
///
/// On threads of the system: on a virtual one the JDK's `BufferedWriter` begins with a small buffer
/// and makes it larger by what is missing with each write, which was a fifth of all that a scrape
/// allocated.
final class LargeAnswers {
  /// How many are made at a time: it is work for the processor, so that more would only need more
  /// memory.
  private static final int MOST = 2;

  private static final Duration KEPT = Duration.ofSeconds(5);

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST,
          MOST,
          KEPT.toMillis(),
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("answer-", 1).factory());

  LargeAnswers() {
    threads.allowCoreThreadTimeOut(true);
  }

  /// Makes one.
  ///
  /// @throws IOException if it cannot be made, or nobody wants it any more
  Ready make(Callable<Ready> making) throws IOException {
    Future<Ready> made = threads.submit(making);
    try {
      return made.get();
    } catch (InterruptedException closing) {
      made.cancel(true);
      throw new IOException("the server is closed", closing);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }
}
