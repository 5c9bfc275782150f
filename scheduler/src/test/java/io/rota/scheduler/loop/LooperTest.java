package io.rota.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is posted and what is due share one thread, and neither starves the other. */
class LooperTest {
    private final AtomicInteger ticks = new AtomicInteger();

    /** Has work to do at every moment. */
    private final class AlwaysDue implements Looper.Clockwork {
        @Override
        public long wakeNanos() {
            return System.nanoTime() - 1_000_000;
        }

        @Override
        public void tick() {
            ticks.incrementAndGet();
        }
    }

    @Test
    void whatIsPostedIsDoneInOrderAndInBatchesWhileTheClockIsAlwaysDue() throws InterruptedException {
        try (var looper = new Looper("test", new AlwaysDue())) {
            var hold = new CountDownLatch(1);
            var done = new CountDownLatch(1);
            var seen = new AtomicInteger();
            var ticksSeen = new AtomicInteger();
            looper.post(() -> {
                awaitQuietly(hold);
                ticksSeen.set(ticks.get());
            });
            for (int i = 0; i < 1_000; i++) {
                int expected = i;
                looper.post(() -> seen.compareAndSet(expected, expected + 1));
            }
            looper.post(() -> {
                ticksSeen.set(ticks.get() - ticksSeen.get());
                done.countDown();
            });
            looper.start();
            hold.countDown();

            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).hasValue(1_000);
            assertThat(ticksSeen.get()).as("turns of the clock meanwhile").isBetween(10, 30);
            assertThat(looper.errors()).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
