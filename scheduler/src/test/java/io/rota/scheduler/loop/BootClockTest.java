package io.rota.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BootClockTest {
    private static final long SECOND = 1_000_000_000L;

    private long nano = -77;
    private long uptime = 3 * SECOND;
    private final BootClock clock = new BootClock(() -> nano, () -> OptionalLong.of(uptime));

    private void awake(long nanos) {
        nano += nanos;
        uptime += nanos;
    }

    @Test
    void goesWithNanoTimeWhileTheMachineIsAwake() {
        long begin = clock.read();
        awake(5 * SECOND + 1);

        assertThat(clock.read() - begin).isEqualTo(5 * SECOND + 1);
    }

    @Test
    void goesOnWhileTheMachineIsSuspended() {
        long begin = clock.read();
        awake(SECOND);
        uptime += 3_600 * SECOND;

        assertThat(clock.read() - begin).isEqualTo(3_601 * SECOND);

        awake(SECOND);
        uptime += 60 * SECOND;
        assertThat(clock.read() - begin).isEqualTo(3_662 * SECOND);
    }

    @Test
    void stepsOfTheUptimeAreNoSuspend() {
        long begin = clock.read();
        nano += 9_999_999;

        assertThat(clock.read() - begin).isEqualTo(9_999_999);

        uptime += 10_000_000;
        nano += 1;
        assertThat(clock.read() - begin).isEqualTo(10_000_000);
    }

    @Test
    void neverGoesBack() {
        uptime += 100 * SECOND;
        long late = clock.read();
        uptime -= 50 * SECOND;

        assertThat(clock.read()).isGreaterThanOrEqualTo(late);
    }

    @Test
    void withoutAnUptimeItIsNanoTime() {
        var plain = new BootClock(() -> nano, OptionalLong::empty);
        nano += 5;

        assertThat(plain.read()).isEqualTo(nano);
    }

    @Test
    void readsWhatLinuxWrites() {
        assertThat(BootClock.parse("11580.07 22000.99\n")).isEqualTo(11_580_070_000_000L);
        assertThatThrownBy(() -> BootClock.parse("")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void onLinuxTheMachinesUptimeIsToldInSteps() {
        var first = BootClock.uptimeNanos();
        if (first.isPresent()) {
            assertThat(first.getAsLong()).isPositive();
        }
    }
}
