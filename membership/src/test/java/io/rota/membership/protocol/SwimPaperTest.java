package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SWIM (Das, Gupta, Motivala, DSN 2002), section by section, and where we depart from it. */
class SwimPaperTest {

    private final Bench bench = new Bench(ProtocolSettings.lan());

    /** Section 3.1: one ping per protocol period. */
    @Test
    void oneMemberIsProbedPerPeriod() {
        bench.knowing("b", "c", "d");

        bench.pass(1000);

        assertThat(pings()).hasSize(1);
    }

    /** Section 4.3 bounds the time between two probes of one member by 2N - 1 periods; whole rounds make it N - 1 for each prober. */
    @Test
    void everyMemberIsProbedOnceInARound() {
        bench.knowing("b", "c", "d", "e", "f");

        Set<String> probed = new HashSet<>();
        for (int period = 0; period < 5; period++) {
            bench.forget();
            bench.pass(1000);
            probed.add(answerPing());
        }

        assertThat(probed).containsExactlyInAnyOrder("b", "c", "d", "e", "f");
    }

    /** Section 3.1: no answer in time, so k members are asked to ping in our stead; one ack through any of them suffices. */
    @Test
    void silentTargetIsProbedThroughHelpersAndOneAckSuffices() {
        bench.knowing("b", "c", "d", "e", "f");
        String target = bench.passUntilProbe();
        Message.Ping ping = bench.sentTo(target, Message.Ping.class).get(0);

        bench.pass(400);
        List<String> helpers = helpersAsked();
        bench.send(helpers.get(0), new Message.Ack(ping.probeId(), 0, 0));
        bench.pass(700);

        assertThat(helpers).hasSize(3).doesNotContain(target);
        assertThat(bench.stateOf(target)).isEqualTo(MemberState.ALIVE);
    }

    /** Section 3.1: a member that is asked to help pings the target and passes the ack on. */
    @Test
    void helperPassesTheAckOn() {
        bench.knowing("b", "c");

        bench.send("b", new Message.PingRequest(77, "c", Bench.boot("c")));
        Message.Ping ping = bench.sentTo("c", Message.Ping.class).get(0);
        bench.send("c", new Message.Ack(ping.probeId(), 0, 0));

        assertThat(bench.sentTo("b", Message.Ack.class))
                .extracting(Message.Ack::probeId)
                .containsExactly(77L);
    }

    /** Section 4.2: a member that does not answer is suspected first, and dead only after the suspicion time. */
    @Test
    void silentMemberIsSuspectedThenDead() {
        bench.knowing("b");

        bench.pass(2100);
        MemberState first = bench.stateOf("b");
        bench.pass(8000);

        assertThat(first).isEqualTo(MemberState.SUSPECT);
        assertThat(bench.stateOf("b")).isEqualTo(MemberState.DEAD);
    }

    /** Section 4.2: a suspect that speaks with a higher incarnation is alive again. */
    @Test
    void suspectThatRefutesBecomesAlive() {
        bench.knowing("b", "c");
        bench.rumor("b", new Rumor.Suspect("c", Bench.boot("c"), 1, "b"));
        assertThat(bench.stateOf("c")).isEqualTo(MemberState.SUSPECT);

        bench.rumor("b", new Rumor.Alive(Bench.record("c", 2)));

        assertThat(bench.stateOf("c")).isEqualTo(MemberState.ALIVE);
    }

    /** Section 4.2: only the member itself raises its incarnation, and it does so when it is suspected. */
    @Test
    void accusedMemberRefutesWithAHigherIncarnation() {
        bench.knowing("b");
        bench.forget();

        bench.rumor("b", new Rumor.Suspect("self", Bench.SELF_BOOT, 1, "b"));
        bench.pass(300);

        assertThat(bench.member("self").incarnation()).isEqualTo(2);
        assertThat(bench.rumorsSent()).anyMatch(rumor -> rumor.name().equals("self") && rumor.incarnation() == 2);
    }

    /** Section 4.2: the precedence of news; an older incarnation or an earlier state changes nothing (memberlist OldSuspect, AliveReplay). */
    @Test
    void staleNewsChangeNothing() {
        bench.knowing("b", "c");
        bench.rumor("b", new Rumor.Alive(Bench.record("c", 5)));

        bench.rumor("b", new Rumor.Suspect("c", Bench.boot("c"), 4, "b"));
        assertThat(bench.stateOf("c")).isEqualTo(MemberState.ALIVE);

        bench.rumor("b", new Rumor.Dead("c", Bench.boot("c"), 5, "b", false));
        bench.rumor("b", new Rumor.Alive(Bench.record("c", 5)));
        bench.rumor("b", new Rumor.Suspect("c", Bench.boot("c"), 5, "b"));
        assertThat(bench.stateOf("c")).isEqualTo(MemberState.DEAD);
    }

    /** Section 4.1: news ride on pings and acks, a bounded number of times each. */
    @Test
    void newsRideOnPacketsALimitedNumberOfTimes() {
        bench.knowing("b", "c", "d");
        bench.pass(3000);
        bench.forget();

        bench.rumor("b", new Rumor.Left("d", Bench.boot("d"), 2));
        bench.pass(5000);

        long told = bench.rumorsSent().stream()
                .filter(rumor -> rumor instanceof Rumor.Left)
                .count();
        assertThat(told).isBetween(2L, (long) RumorQueue.limit(4, 4));
    }

    /** memberlist HandlePing_WrongNode: a ping for an earlier process at our address gets no ack, but learns who lives here now. */
    @Test
    void pingForAnEarlierBootIsNotAcknowledged() {
        bench.knowing("b");
        bench.forget();

        bench.send("b", new Message.Ping(9, 12345, MemberState.ALIVE, 1, 0, 0));

        assertThat(bench.sentTo("b", Message.Ack.class)).isEmpty();
        assertThat(bench.rumorsSent()).anyMatch(rumor -> rumor.name().equals("self"));
    }

    private List<String> pings() {
        List<String> targets = new ArrayList<>();
        for (String name : List.of("b", "c", "d", "e", "f")) {
            if (!bench.sentTo(name, Message.Ping.class).isEmpty()) {
                targets.add(name);
            }
        }
        return targets;
    }

    private String answerPing() {
        String target = pings().get(0);
        Message.Ping ping = bench.sentTo(target, Message.Ping.class).get(0);
        bench.send(
                target,
                new Message.Ack(ping.probeId(), 0, bench.protocol().snapshot().hash()));
        return target;
    }

    private List<String> helpersAsked() {
        return List.of("b", "c", "d", "e", "f").stream()
                .filter(name -> !bench.sentTo(name, Message.PingRequest.class).isEmpty())
                .toList();
    }
}
