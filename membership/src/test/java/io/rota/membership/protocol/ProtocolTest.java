package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What this protocol adds to SWIM and Lifeguard: boots, proof of death, the pause gate, admission, damping, views. */
class ProtocolTest {

    private final Bench bench = new Bench(ProtocolSettings.lan());

    @Test
    void newcomerIsAdmittedOnlyAfterItWasDialledBack() {
        bench.rumor("b", new Rumor.Alive(Bench.record("b", 1)));
        assertThat(bench.knows("b")).isFalse();

        Message.Ping ping = bench.sentTo("b", Message.Ping.class).get(0);
        bench.send("b", new Message.Ack(ping.probeId(), 0, 0));

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.ALIVE);
    }

    @Test
    void newcomerThatCannotBeReachedIsToldAndForgotten() {
        bench.rumor("b", new Rumor.Alive(Bench.record("b", 1)));

        bench.pass(2000);

        assertThat(bench.knows("b")).isFalse();
        assertThat(bench.events(Event.NotDialledBack.class)).hasSize(1);
    }

    @Test
    void newsFromStrangersCountForNothing() {
        bench.knowing("b");

        bench.rumor("x", new Rumor.Dead("b", Bench.boot("b"), 1, "x", true));

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.ALIVE);
        assertThat(dropped(DropKind.STRANGER)).isTrue();
    }

    @Test
    void replayedPacketChangesNothing() {
        bench.knowing("b", "c");
        Packet accusation = new Packet(
                "b",
                Bench.boot("b"),
                500,
                new Message.Gossip(),
                List.of(new Rumor.Suspect("c", Bench.boot("c"), 1, "b")));
        bench.replay(accusation);
        bench.rumor("b", new Rumor.Alive(Bench.record("c", 2)));

        bench.replay(accusation);

        assertThat(bench.stateOf("c")).isEqualTo(MemberState.ALIVE);
        assertThat(dropped(DropKind.REPLAYED)).isTrue();
    }

    @Test
    void refusedConnectionOfTheOnlyPeerIsDeath() {
        bench.knowing("b");
        bench.passUntilProbe();
        bench.pass(110);

        bench.dialEnds(bench.probeDial(), DialOutcome.REFUSED);

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.DEAD);
    }

    @Test
    void refusedConnectionNeedsASecondMember() {
        bench.knowing("b", "c");
        String dead = bench.passUntilProbe();
        bench.pass(110);
        Effect.Dial dial = bench.probeDial();
        String other = dead.equals("b") ? "c" : "b";

        bench.dialEnds(dial, DialOutcome.REFUSED);
        assertThat(bench.stateOf(dead)).isEqualTo(MemberState.SUSPECT);
        assertThat(bench.sentTo(other, Message.RefusalQuery.class)).isNotEmpty();

        bench.send(other, new Message.RefusalQuery(dead, Bench.boot(dead)));
        assertThat(bench.stateOf(dead)).isEqualTo(MemberState.DEAD);
    }

    @Test
    void refusalOfAnOldBootDoesNotKillTheNewOne() {
        bench.knowing("b");
        bench.passUntilProbe();
        bench.pass(110);
        Effect.Dial dial = bench.probeDial();
        bench.rumor("b", new Rumor.Alive(Bench.record("b", 1)));
        restart("b", 4711);

        bench.dialEnds(dial, DialOutcome.REFUSED);

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.ALIVE);
        assertThat(bench.member("b").bootId()).isEqualTo(4711);
    }

    @Test
    void proofOfDeathIsToldToAllAtOnceAndPublishedAtOnce() {
        bench.knowing("b", "c", "d");
        bench.pass(5);
        bench.forget();

        bench.protocol().proveDead(bench.nowNanos(), "d", Bench.boot("d"));
        bench.pass(0);

        assertThat(bench.rumorsSent())
                .filteredOn(rumor -> rumor instanceof Rumor.Dead)
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(bench.events(Event.Published.class)).hasSize(1);
    }

    @Test
    void stalledProcessAccusesNobodyAndItsSuspicionsWait() {
        bench.knowing("b", "c");
        bench.rumor("b", new Rumor.Suspect("c", Bench.boot("c"), 1, "b"));

        bench.stall(60_000);
        bench.pass(1200);

        assertThat(bench.stateOf("c")).isEqualTo(MemberState.SUSPECT);
        assertThat(bench.events(Event.Stalled.class)).hasSize(1);
    }

    @Test
    void deafProcessVoidsItsProbesAndDeclaresNobodyDead() {
        bench.knowing("b");
        bench.holdInbox(true);

        bench.pass(30_000);

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.ALIVE);
        assertThat(bench.events(Event.Deaf.class)).isNotEmpty();
    }

    @Test
    void restartedProcessSupersedesItsOldSelf() {
        bench.knowing("b");

        restart("b", 4711);

        assertThat(bench.member("b").bootId()).isEqualTo(4711);
        assertThat(bench.events(Event.Restarted.class)).hasSize(1);
    }

    @Test
    void newsOfOurFormerSelfAreOutbid() {
        bench.knowing("b");

        bench.rumor("b", new Rumor.Alive(Bench.record("self", 99, 41)));

        assertThat(bench.member("self").bootId()).isEqualTo(Bench.SELF_BOOT);
        assertThat(bench.member("self").incarnation()).isEqualTo(42);
    }

    @Test
    void youngerOfTwoRivalsYieldsAndTakesNoWork() {
        bench.knowing("b");

        bench.send("self", 99, new Message.NameClaim(1_000_000));

        assertThat(bench.events(Event.NameConflict.class)).hasSize(1);
        assertThat(bench.protocol().snapshot().members()).hasSize(1);
        assertThat(bench.member("self").metadata().participation()).isEqualTo(Participation.JOINING);
    }

    @Test
    void olderOfTwoRivalsStaysAndClaimsItsName() {
        bench.knowing("b");
        bench.pass(5000);

        bench.sendFrom(Bench.address("elsewhere"), "self", 99, new Message.NameClaim(10));

        assertThat(bench.events(Event.NameConflict.class)).isEmpty();
        assertThat(bench.sentTo("elsewhere", Message.NameClaim.class)).hasSize(1);
    }

    @Test
    void memberDeclaredDeadReturnsAsJoiningAndIsActiveAfterTheQuietTime() {
        bench.knowing("b");
        bench.rumor("b", new Rumor.Dead("self", Bench.SELF_BOOT, 1, "b", false));

        assertThat(bench.member("self").incarnation()).isEqualTo(2);
        assertThat(bench.member("self").metadata().participation()).isEqualTo(Participation.JOINING);

        bench.pass(5100);
        assertThat(bench.member("self").metadata().participation()).isEqualTo(Participation.ACTIVE);
    }

    @Test
    void operatorEndsTheQuietTime() {
        bench.knowing("b");
        bench.rumor("b", new Rumor.Dead("self", Bench.SELF_BOOT, 1, "b", false));

        bench.protocol().clearQuiet(bench.nowNanos());

        assertThat(bench.member("self").metadata().participation()).isEqualTo(Participation.ACTIVE);
    }

    @Test
    void changesAreCoalescedIntoOneView() {
        bench.knowing("b");
        bench.pass(400);
        bench.forget();

        bench.rumor("b", new Rumor.Alive(Bench.record("c", 1)));
        bench.pass(100);
        bench.rumor("b", new Rumor.Alive(Bench.record("d", 1)));
        bench.pass(290);
        assertThat(bench.events(Event.Published.class)).isEmpty();
        bench.pass(20);

        assertThat(bench.events(Event.Published.class)).hasSize(1);
    }

    @Test
    void unceasingChangeIsPublishedAtTheLimit() {
        bench.knowing("b");
        bench.pass(400);
        bench.forget();

        for (int i = 2; i < 22; i++) {
            bench.rumor("b", new Rumor.Alive(Bench.record("c", i)));
            bench.pass(100);
        }

        assertThat(bench.events(Event.Published.class)).hasSize(1);
    }

    @Test
    void metadataChangeRaisesTheIncarnationOnce() {
        bench.knowing("b");
        MemberMetadata changed = MemberMetadata.empty().with(Participation.DRAINING);

        bench.protocol().describe(bench.nowNanos(), changed);
        bench.protocol().describe(bench.nowNanos(), changed);

        assertThat(bench.member("self").incarnation()).isEqualTo(2);
        assertThat(bench.member("self").metadata()).isEqualTo(changed);
    }

    @Test
    void goodbyeWaitsForAcknowledgement() {
        bench.knowing("b", "c");
        bench.forget();

        bench.protocol().leave(bench.nowNanos());
        bench.pass(1000);
        assertThat(bench.events(Event.Left.class)).isEmpty();
        for (String name : List.of("b", "c")) {
            List<Message.Ping> pings = bench.sentTo(name, Message.Ping.class);
            bench.send(name, new Message.Ack(pings.get(pings.size() - 1).probeId(), 0, 0));
        }

        assertThat(bench.events(Event.Left.class)).containsExactly(new Event.Left(true));
    }

    @Test
    void secondHandDeathFromATableIsOnlyASuspicion() {
        bench.knowing("b", "c");

        bench.send("b", new Message.Gossip());
        Effect.Dial sync = syncWith("b");
        MemberRecord dead =
                Bench.record("c", 1).with(Bench.record("c", 1).member().with(MemberState.DEAD));
        bench.dialAnswers(sync, "b", new Message.StateReply(-1, true, List.of(new Remembered(dead, 60))));

        assertThat(bench.stateOf("c")).isEqualTo(MemberState.SUSPECT);
    }

    private Effect.Dial syncWith(String peer) {
        bench.pass(1001);
        bench.rumor(peer, new Rumor.Suspect("c", Bench.boot("c"), 9, peer));
        return bench.effects(Effect.Dial.class).stream()
                .filter(dial -> dial.request().message() instanceof Message.StateRequest)
                .findFirst()
                .orElseThrow();
    }

    private void restart(String name, long bootId) {
        bench.forget();
        bench.send(name, bootId, new Message.Gossip(), new Rumor.Alive(Bench.record(name, bootId, 1)));
        Message.Ping ping = bench.sentTo(name, Message.Ping.class).get(0);
        bench.send(
                name,
                bootId,
                new Message.Ack(ping.probeId(), 0, 0),
                new Rumor.Alive(Bench.record(name, bootId, ping.believedIncarnation() + 1)));
    }

    private boolean dropped(DropKind kind) {
        return bench.events(Event.Dropped.class).contains(new Event.Dropped(kind));
    }
}
