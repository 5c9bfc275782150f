package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StampWatchTest {
    private static final long MILLI = 1_000_000L;

    private final StampWatch watch = new StampWatch();
    private long nowNanos = 77 * MILLI;

    /** Looks once after the usual pause. */
    private boolean look(long stamp) {
        nowNanos += StampWatch.LOOK_MILLIS * MILLI;
        return watch.isFrozen(stamp, nowNanos);
    }

    private boolean lookFor(long millis, long stamp) {
        boolean frozen = false;
        for (long passed = 0; passed < millis; passed += StampWatch.LOOK_MILLIS) {
            frozen |= look(stamp);
        }
        return frozen;
    }

    @Test
    void aGuardThatSendsNoStampForOneAndAHalfSecondsIsFrozen() {
        look(1);

        assertThat(lookFor(1_400, 1)).isFalse();
        assertThat(look(1)).isTrue();
    }

    @Test
    void everyNewStampBeginsAnew() {
        look(1);
        lookFor(1_300, 1);
        look(2);

        assertThat(lookFor(1_400, 2)).isFalse();
    }

    @Test
    void aGuardThatIsStillStartingIsNotFrozen() {
        assertThat(lookFor(60_000, Guard.NO_STAMP)).isFalse();
    }

    @Test
    void afterAPauseOfThisProcessTheGuardGetsItsTimeAgain() {
        look(1);
        lookFor(1_300, 1);
        nowNanos += 30_000 * MILLI;
        assertThat(look(1)).as("this look came late").isFalse();

        assertThat(lookFor(1_400, 1)).isFalse();
        assertThat(look(1)).isTrue();
    }
}
