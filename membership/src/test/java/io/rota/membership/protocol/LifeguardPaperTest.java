package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lifeguard (Dadgar, Phillips, Currey, arXiv 1707.00788), section by section. */
class LifeguardPaperTest {

    private final Bench bench = new Bench(ProtocolSettings.lan());

    /** Section IV-B: max - (max - min) ln(c + 1) / ln(k + 1), never below min. Hand-computed for min 10, max 60 (memberlist's own table too). */
    @ParameterizedTest
    @CsvSource({
        "0, 3, 60000",
        "1, 3, 35000",
        "2, 3, 20375",
        "3, 3, 10000",
        "4, 3, 10000",
        "0, 2, 60000",
        "1, 2, 28453",
        "2, 2, 10000",
        "0, 0, 10000"
    })
    void suspicionShrinksWithTheLogarithmOfConfirmations(int confirmations, int wanted, long expectedMillis) {
        long nanos = Suspicion.timeoutNanos(confirmations, wanted, 10_000_000_000L, 60_000_000_000L);

        assertThat(nanos / 1_000_000).isEqualTo(expectedMillis);
    }

    /** memberlist: suspicion timeout = alpha * max(1, log10 N) * interval. */
    @ParameterizedTest
    @CsvSource({"4, 3, 4000", "4, 10, 4000", "4, 100, 8000", "4, 1000, 12000", "1.3, 50, 2208"})
    void shortestSuspicionGrowsWithTheLogarithmOfMembers(double alpha, int members, long expectedMillis) {
        assertThat(Suspicion.minNanos(alpha, members, 1_000_000_000L) / 1_000_000)
                .isEqualTo(expectedMillis);
    }

    /** Section IV-B: only distinct accusers count, the first not twice, and never more than wanted. */
    @Test
    void onlyIndependentAccusersConfirm() {
        Suspicion suspicion = new Suspicion(0, 10, 60, 2, "a");

        assertThat(suspicion.confirm("a")).isFalse();
        assertThat(suspicion.confirm("b")).isTrue();
        assertThat(suspicion.confirm("b")).isFalse();
        assertThat(suspicion.confirm("")).isFalse();
        assertThat(suspicion.confirm("c")).isTrue();
        assertThat(suspicion.confirm("d")).isFalse();
        assertThat(suspicion.deadlineNanos()).isEqualTo(10);
    }

    /** Section IV-A: the score moves between 0 and its limit and stretches the interval. */
    @Test
    void localHealthStretchesTheInterval() {
        LocalHealth health = new LocalHealth(7);

        assertThat(health.add(-1)).isFalse();
        assertThat(health.scale(1000)).isEqualTo(1000);
        assertThat(health.add(3)).isTrue();
        assertThat(health.scale(1000)).isEqualTo(4000);
        health.add(100);
        assertThat(health.scale(1000)).isEqualTo(8000);
    }

    /** Section IV-A: a failed probe without a nack costs a point, a good probe gives one back, and a refutation costs one. */
    @Test
    void failedProbeAndAccusationWorsenLocalHealth() {
        bench.knowing("b");
        bench.passUntilProbe();
        bench.pass(1010);
        assertThat(lastHealth()).isEqualTo(1);

        bench.rumor("b", new Rumor.Alive(Bench.record("b", 2)), new Rumor.Suspect("self", Bench.SELF_BOOT, 1, "b"));
        bench.forget();
        bench.pass(4000);

        assertThat(lastHealth()).isGreaterThanOrEqualTo(2);
    }

    /** Section IV-A: helpers that nack show that our own ears are well: the failed probe then costs nothing. */
    @Test
    void nackFromEveryHelperLeavesLocalHealthAlone() {
        bench.knowing("b", "c", "d");
        String target = bench.passUntilProbe();
        Message.Ping ping = bench.sentTo(target, Message.Ping.class).get(0);
        bench.pass(350);

        for (String helper : new String[] {"b", "c", "d"}) {
            if (!helper.equals(target)) {
                bench.send(helper, new Message.Nack(ping.probeId()));
            }
        }
        bench.pass(700);

        assertThat(bench.stateOf(target)).isEqualTo(MemberState.SUSPECT);
        assertThat(bench.events(Event.HealthChanged.class)).isEmpty();
    }

    /** Section IV-A: a helper says so when its target has not answered yet. */
    @Test
    void helperSendsANackWhenTheTargetIsSilent() {
        bench.knowing("b", "c");

        bench.send("b", new Message.PingRequest(77, "c", Bench.boot("c")));
        bench.pass(290);

        assertThat(bench.sentTo("b", Message.Nack.class)).hasSize(1);
    }

    /** Section IV-C, the buddy system: the ping to a suspect says so, and the suspect's ack contradicts it (memberlist ProbeNode_Buddy). */
    @Test
    void pingTellsTheSuspectAndItsAckRefutes() {
        bench.knowing("b");
        bench.forget();

        bench.send("b", new Message.Ping(9, Bench.SELF_BOOT, MemberState.SUSPECT, 1, 0, 0));

        Effect.Send ack = bench.effects(Effect.Send.class).get(0);
        assertThat(ack.packet().message()).isInstanceOf(Message.Ack.class);
        assertThat(ack.packet().rumors()).anyMatch(rumor -> rumor.name().equals("self") && rumor.incarnation() == 2);
    }

    private int lastHealth() {
        return bench.events(Event.HealthChanged.class).stream()
                .mapToInt(Event.HealthChanged::score)
                .max()
                .orElse(0);
    }
}
