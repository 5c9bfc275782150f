package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dead are remembered for as long as it says, and no longer (ringpop reaping; swift confirmDead_tombstone_expires; memberlist #253). */
class ForgettingTest {

    private final Bench bench = new Bench(remembering(Duration.ofMinutes(10)));

    @Test
    void thoseWhoLeftAreForgottenAfterTheirTime() {
        bench.knowing("b", "c");
        bench.rumor("b", new Rumor.Left("c", Bench.boot("c"), 2));

        bench.pass(9 * 60_000);
        assertThat(bench.stateOf("c")).isEqualTo(MemberState.LEFT);
        bench.pass(3 * 60_000);

        assertThat(bench.knows("c")).isFalse();
    }

    @Test
    void newsOfAForgottenDeathTeachNobody() {
        bench.knowing("b");

        bench.rumor("b", new Rumor.Dead("x", Bench.boot("x"), 3, "b", false));

        assertThat(bench.knows("x")).isFalse();
    }

    @Test
    void theDeadAreDialledForAsLongAsTheyAreRemembered() {
        bench.knowing("b");
        bench.rumor("b", new Rumor.Dead("b", Bench.boot("b"), 1, "b", false));
        bench.pass(60_000);
        bench.forget();

        bench.pass(60_000);

        assertThat(bench.sentTo("b", Message.Ping.class)).hasSizeBetween(30, 90);
        assertThat(bench.sentTo("b", Message.Ping.class)).allMatch(ping -> ping.believed() == MemberState.DEAD);
    }

    /** Hand-computed: 5 s, doubling, never above 10 min. */
    @ParameterizedTest
    @CsvSource({"1, 5", "2, 10", "3, 20", "7, 320", "8, 600", "200, 600"})
    void quietTimeDoublesUpToItsLimit(int returns, long expectedSeconds) {
        long nanos = Damping.quietNanos(returns, 5_000_000_000L, 600_000_000_000L);

        assertThat(nanos).isEqualTo(expectedSeconds * 1_000_000_000L);
    }

    private static ProtocolSettings remembering(Duration length) {
        ProtocolSettings lan = ProtocolSettings.lan();
        ProtocolSettings.Returning returning = lan.returning();
        return new ProtocolSettings(
                lan.probing(),
                lan.suspecting(),
                lan.spreading(),
                new ProtocolSettings.Returning(
                        returning.seedRetry(),
                        returning.seedRetryLimit(),
                        length,
                        returning.quietFirst(),
                        returning.quietLimit()),
                lan.publishing());
    }
}
