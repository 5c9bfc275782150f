package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.node.config.NodeConfig;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a node begins to take part, under a clock that the test sets. */
class PresenceTest {
    private static final TaskFile FILE = new TaskFile(0, List.of());

    private final List<Due> timers = new ArrayList<>();
    private final List<Participation> told = new ArrayList<>();
    private final Presence presence = new Presence(
            "n1", network(), () -> FILE, (millis, work) -> timers.add(new Due(nowMillis() + millis, work)), false);
    private long millis;
    private long version;

    private record Due(long atMillis, Runnable work) {}

    private long nowMillis() {
        return millis;
    }

    private static NodeNetwork network() {
        var ports = new NodeConfig.Ports(7700, 7701, 7702);
        var local = new NodeConfig.Local(
                "n1", "127.0.0.1", "127.0.0.1", ports, Path.of("data"), Map.of(), 1000, Slots.UNLIMITED);
        return new NodeNetwork(
                new NodeConfig("test", Optional.empty(), List.of(), List.of("n1"), local, FILE, Path.of("")), "test");
    }

    private static Member member(String name, Participation participation) {
        return new Member(
                name,
                1,
                1,
                MemberState.ALIVE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700),
                MemberMetadata.empty().with(participation));
    }

    private MembershipView view(Participation... others) {
        var members = new ArrayList<Member>();
        members.add(member("n1", Participation.JOINING));
        for (var other : others) {
            members.add(member("n" + (members.size() + 1), other));
        }
        return new MembershipView(++version, version, members);
    }

    private void begin(MembershipView view, boolean expectsOthers) {
        presence.begin(view, expectsOthers, metadata -> told.add(metadata.participation()));
    }

    private void pass(long duration) {
        long end = millis + duration;
        while (true) {
            var next = timers.stream()
                    .filter(timer -> timer.atMillis() <= end)
                    .min(Comparator.comparingLong(Due::atMillis));
            if (next.isEmpty()) {
                millis = end;
                return;
            }
            timers.remove(next.get());
            millis = next.get().atMillis();
            next.get().work().run();
        }
    }

    @Test
    void aNodeWithoutSeedsBeginsAtOnce() {
        begin(view(), false);
        pass(0);

        assertThat(told).containsExactly(Participation.ACTIVE);
    }

    @Test
    void aNodeThatFindsNobodyBeginsAloneAfterAWhile() {
        begin(view(), true);
        pass(Presence.ALONE_MILLIS - 1);
        assertThat(told).isEmpty();
        pass(1);

        assertThat(told).containsExactly(Participation.ACTIVE);
    }

    @Test
    void aNodeThatWasTurnedAwayDoesNotBeginAlone() {
        begin(view(), true);
        presence.turnedAway();
        pass(60_000);

        assertThat(told).isEmpty();
    }

    @Test
    void whereNobodyTakesPartYetItBeginsAtOnce() {
        begin(view(), true);
        presence.onView(view(Participation.JOINING));

        assertThat(told).containsExactly(Participation.ACTIVE);
    }

    @Test
    void amongOthersItWaitsUntilItsViewHasBeenQuiet() {
        begin(view(), true);
        presence.onView(view(Participation.ACTIVE));
        pass(1_900);
        presence.onView(view(Participation.ACTIVE, Participation.ACTIVE));
        pass(1_900);
        assertThat(told).as("neither alone nor settled").isEmpty();
        pass(100);

        assertThat(told).containsExactly(Participation.ACTIVE);
    }

    @Test
    void aViewThatIsNeverQuietKeepsItOutForSoLongAndNoLonger() {
        begin(view(), true);
        for (int i = 0; i < 10; i++) {
            presence.onView(view(Participation.ACTIVE));
            pass(Presence.PATIENCE_MILLIS / 10 - 1);
        }
        assertThat(told).isEmpty();
        pass(10);

        assertThat(told).containsExactly(Participation.ACTIVE);
    }

    @Test
    void whoLeavesSaysSoOnce() {
        begin(view(), false);
        pass(0);
        presence.leave();
        presence.leave();

        assertThat(told).containsExactly(Participation.ACTIVE, Participation.DRAINING);
    }

    @Test
    void whoIsDrainedJoinsAnewWhenItIsUndrained() {
        begin(view(Participation.ACTIVE), true);
        pass(Presence.SETTLE_MILLIS);
        presence.drain();
        presence.onView(view(Participation.ACTIVE));
        presence.undrain();
        presence.onView(view(Participation.ACTIVE));
        pass(Presence.SETTLE_MILLIS - 1);
        assertThat(told).containsExactly(Participation.ACTIVE, Participation.DRAINING, Participation.JOINING);
        pass(1);

        assertThat(told).endsWith(Participation.ACTIVE).hasSize(4);
    }

    @Test
    void aDrainedNodeNeverBeginsByItself() {
        var drained = new Presence(
                "n1", network(), () -> FILE, (after, work) -> timers.add(new Due(nowMillis() + after, work)), true);
        drained.begin(view(), false, metadata -> told.add(metadata.participation()));
        drained.onView(view(Participation.JOINING));
        drained.onView(view(Participation.ACTIVE));
        pass(60_000);

        assertThat(told).isEmpty();
        assertThat(drained.metadata().participation()).isEqualTo(Participation.DRAINING);
    }

    @Test
    void whoStopsIsNotUndrained() {
        begin(view(), false);
        pass(0);
        presence.leave();
        presence.undrain();

        assertThat(told).containsExactly(Participation.ACTIVE, Participation.DRAINING);
    }

    @Test
    void aNodeThatIsDrainedWhileItStartsSaysSoOnceItRuns() {
        presence.drain();
        begin(view(), false);
        pass(60_000);

        assertThat(told).containsExactly(Participation.DRAINING);
    }
}
