package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What members must agree upon before they talk: the wire version, and the keys. */
class NegotiationTest {

    private final Bench bench = new Bench(ProtocolSettings.lan(), new WireVersions(1, 2));

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 2, 2", "2, 3, 2", "1, 9, 2"})
    void newcomerWithAnOverlappingRangeIsAdmittedAtTheCommonVersion(int min, int max, int common) {
        newcomer("b", new WireVersions(min, max));

        assertThat(bench.stateOf("b")).isEqualTo(MemberState.ALIVE);
        assertThat(versionsSent()).containsOnly(common);
    }

    @Test
    void newcomerWithoutACommonVersionIsTurnedAwayWithOneLine() {
        bench.rumor("b", new Rumor.Alive(Bench.record("b", new WireVersions(3, 4), List.of())));

        assertThat(bench.knows("b")).isFalse();
        assertThat(bench.sentTo("b", Message.TurnedAway.class))
                .singleElement()
                .extracting(Message.TurnedAway::reason)
                .isEqualTo(Message.TurnedAway.Reason.WIRE_VERSION);
        assertThat(bench.events(Event.WireMismatch.class))
                .containsExactly(new Event.WireMismatch("b", new WireVersions(3, 4)));
    }

    @Test
    void newcomerThatOneOfTheMembersWouldNotUnderstandIsTurnedAway() {
        newcomer("b", new WireVersions(1, 1));

        bench.rumor("c", new Rumor.Alive(Bench.record("c", new WireVersions(2, 3), List.of())));

        assertThat(bench.knows("c")).isFalse();
        assertThat(bench.sentTo("c", Message.TurnedAway.class)).hasSize(1);
    }

    @Test
    void requestOfAForeignVersionIsAnsweredWithARefusalAndNotWithTheTable() {
        MemberRecord foreign = Bench.record("b", new WireVersions(3, 4), List.of());
        Packet request =
                new Packet("b", Bench.boot("b"), 1, new Message.StateRequest(foreign, List.of()), List.of(), 3);

        bench.protocol().onStream(bench.nowNanos(), 1, Bench.address("b"), request);
        bench.pass(0);

        assertThat(bench.effects(Effect.Answer.class).get(0).packets())
                .singleElement()
                .extracting(Packet::message)
                .isInstanceOf(Message.TurnedAway.class);
    }

    @Test
    void nodeThatIsTurnedAwayTellsItselfInOneLine() {
        bench.send("b", new Message.TurnedAway(Message.TurnedAway.Reason.WIRE_VERSION, Bench.address("b")));

        assertThat(bench.events(Event.WireMismatch.class))
                .containsExactly(new Event.WireMismatch("self", new WireVersions(1, 2)));
    }

    @Test
    void clusterTalksInTheNewestVersionAgainWhenTheOldMemberIsGone() {
        newcomer("b", new WireVersions(1, 1));
        newcomer("c", new WireVersions(1, 2));
        bench.protocol().proveDead(bench.nowNanos(), "b", Bench.boot("b"));
        bench.pass(0);

        bench.forget();
        bench.pass(2000);

        assertThat(versionsSent()).containsOnly(2);
    }

    @Test
    void membersThatAreNotKnownToHoldAKeyAreNamed() {
        newcomer("b", WireVersions.OURS, 1, 2);
        newcomer("c", WireVersions.OURS, 1);
        newcomer("d", WireVersions.OURS, 2, 1);

        assertThat(bench.protocol().lackingKey(2)).containsExactly("c");
        assertThat(bench.protocol().sealingWithKey(1)).containsExactly("b", "c");
    }

    @Test
    void theDeadStandInTheWayOfNoKey() {
        newcomer("b", WireVersions.OURS, 1);
        bench.protocol().proveDead(bench.nowNanos(), "b", Bench.boot("b"));

        assertThat(bench.protocol().lackingKey(2)).isEmpty();
        assertThat(bench.protocol().sealingWithKey(1)).isEmpty();
    }

    @Test
    void heldKeysAreANewWordOfThisNode() {
        newcomer("b", WireVersions.OURS, 1);
        bench.forget();

        bench.protocol().holdKeys(bench.nowNanos(), List.of(1, 2));
        bench.protocol().holdKeys(bench.nowNanos(), List.of(1, 2));
        bench.pass(1000);

        assertThat(bench.member("self").incarnation()).isEqualTo(2);
        assertThat(bench.rumorsSent())
                .anyMatch(rumor -> rumor instanceof Rumor.Alive alive
                        && alive.subject().keys().equals(List.of(1, 2)));
    }

    private void newcomer(String name, WireVersions wire, Integer... keys) {
        bench.forget();
        bench.rumor(name, new Rumor.Alive(Bench.record(name, wire, List.of(keys))));
        Message.Ping ping = bench.sentTo(name, Message.Ping.class).get(0);
        bench.send(name, new Message.Ack(ping.probeId(), 0, 0));
    }

    private List<Integer> versionsSent() {
        return bench.effects(Effect.Send.class).stream()
                .map(send -> send.packet().version())
                .toList();
    }
}
