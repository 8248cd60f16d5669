package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmallHeapTest {
  private static final long MEBIBYTE = 1 << 20;

  private long alive;
  private long garbage;
  private int collections;

  private final SmallHeap heap =
      new SmallHeap(
          () -> alive + garbage,
          () -> {
            garbage = 0;
            collections++;
          });

  @Test
  void smallHeapIsLeftAlone() {
    alive = 5 * MEBIBYTE;
    garbage = 3 * MEBIBYTE;

    heap.look();

    assertThat(collections).isZero();
  }

  @Test
  void garbageIsCollectedOnce() {
    alive = 5 * MEBIBYTE;
    garbage = 4 * MEBIBYTE;

    heap.look();
    heap.look();

    assertThat(collections).isOne();
  }

  @Test
  void largeHeapIsCollectedAgainWhenItHasDoubled() {
    alive = 30 * MEBIBYTE;
    heap.look();
    assertThat(collections).isOne();

    garbage = 30 * MEBIBYTE;
    heap.look();
    assertThat(collections).isOne();

    garbage = 31 * MEBIBYTE;
    heap.look();
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void heapThatShrankIsKeptSmallAgain() {
    alive = 30 * MEBIBYTE;
    heap.look();
    alive = 5 * MEBIBYTE;
    garbage = 56 * MEBIBYTE;
    heap.look();

    garbage = 6 * MEBIBYTE;
    heap.look();

    assertThat(collections).isEqualTo(3);
  }
}
