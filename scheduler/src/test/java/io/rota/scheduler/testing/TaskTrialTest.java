package io.rota.scheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the author of a task can rely on in tests. */
class TaskTrialTest {
    @Test
    void aTaskSeesWhatTheTestHasSet() {
        var clock = SettableClock.at(Instant.parse("2026-05-01T10:00:00Z"));

        var result = TaskTrial.of(context -> {
                    clock.advance(Duration.ofMinutes(1));
                    context.log(context.runId() + " " + context.attempt() + " " + context.fencingToken() + " "
                            + context.parameters() + " " + context.clock().instant() + " " + context.isStillOwner());
                })
                .named("cleanup")
                .due(Instant.parse("2026-05-01T09:00:00Z"))
                .attempt(2)
                .token(9)
                .parameter("days", "30")
                .clock(clock)
                .run();

        assertThat(result.succeeded()).isTrue();
        assertThat(result.revoked()).isFalse();
        assertThat(result.log())
                .containsExactly("cleanup@2026-05-01T09:00:00Z 2 OptionalLong[9] {days=30} 2026-05-01T10:01:00Z true");
    }

    @Test
    void whatItThrowsIsTheFailure() {
        var result = TaskTrial.of(context -> {
                    throw new java.io.IOException("no disk");
                })
                .run();

        assertThat(result.succeeded()).isFalse();
        assertThat(result.failure())
                .hasValueSatisfying(error -> assertThat(error).hasMessage("no disk"));
    }

    @Test
    void ownershipEndsInMidRunWithAnInterrupt() {
        var result = TaskTrial.of(context -> {
                    for (int page = 1; context.isStillOwner(); page++) {
                        context.log("page " + page);
                    }
                    context.log("interrupted " + Thread.currentThread().isInterrupted());
                })
                .revokeWhenLogged("page 3")
                .run();

        assertThat(result.log()).containsExactly("page 1", "page 2", "page 3", "interrupted true");
        assertThat(result.revoked()).isTrue();
    }

    @Test
    void aTaskThatIgnoresTheInterruptFailsTheTest() {
        var release = new CountDownLatch(1);
        var trial = TaskTrial.of(context -> {
                    context.log("up");
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                })
                .revokeWhenLogged("up")
                .within(Duration.ofMillis(100));

        assertThatThrownBy(trial::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must end when it is interrupted");
        release.countDown();
    }

    @Test
    void oneClockInTwoZonesIsOneClock() {
        var clock = SettableClock.at(Instant.EPOCH);
        var berlin = clock.withZone(java.time.ZoneId.of("Europe/Berlin"));

        clock.set(Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(berlin.instant()).isEqualTo(clock.instant());
        assertThat(berlin.getZone().getId()).isEqualTo("Europe/Berlin");
    }
}
