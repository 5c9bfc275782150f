package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.membership.protocol.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each checker finds the fault that is planted for it, and leaves the legal neighbour of that fault alone. */
class CheckersBiteTest {

    private final BeliefChecker beliefs = new BeliefChecker();
    private final ViewChecker views = new ViewChecker();

    @Test
    void fallingIncarnationIsFound() {
        believe(5, MemberState.ALIVE);
        believe(4, MemberState.ALIVE);

        assertThat(beliefs.violations()).singleElement().asString().contains("fell");
    }

    @Test
    void resurrectionWithoutANewWordIsFound() {
        believe(5, MemberState.DEAD);
        believe(5, MemberState.SUSPECT);

        assertThat(beliefs.violations()).singleElement().asString().contains("went back");
    }

    @Test
    void returnFromLeavingIsFound() {
        believe(5, MemberState.LEFT);
        believe(5, MemberState.DEAD);

        assertThat(beliefs.violations()).hasSize(1);
    }

    @Test
    void refutationAndRestartOfTheObserverAreLegal() {
        believe(5, MemberState.DEAD);
        believe(6, MemberState.ALIVE);
        beliefs.restarted("a");
        believe(1, MemberState.ALIVE);

        assertThat(beliefs.violations()).isEmpty();
        assertThat(beliefs.checked()).isEqualTo(3);
    }

    @Test
    void nodeThatHoldsItselfForDeadIsFound() {
        publish("a", 1, 1, member("a", 1, MemberState.DEAD, Participation.ACTIVE));

        assertThat(views.violations()).singleElement().asString().contains("itself");
    }

    @Test
    void twoViewsOfOneHashAreFound() {
        publish("a", 1, 7, member("a", 1, MemberState.ALIVE, Participation.ACTIVE));
        publish(
                "b",
                1,
                7,
                member("a", 1, MemberState.ALIVE, Participation.ACTIVE),
                member("b", 1, MemberState.ALIVE, Participation.ACTIVE));

        assertThat(views.violations()).singleElement().asString().contains("two views");
    }

    @Test
    void changedMetadataWithoutANewIncarnationIsFound() {
        publish("a", 1, 7, member("a", 1, MemberState.ALIVE, Participation.ACTIVE));
        publish("a", 2, 8, member("a", 1, MemberState.ALIVE, Participation.DRAINING));

        assertThat(views.violations()).singleElement().asString().contains("two words");
    }

    @Test
    void skippedVersionIsFound() {
        publish("a", 1, 7, member("a", 1, MemberState.ALIVE, Participation.ACTIVE));
        publish("a", 3, 8, member("a", 2, MemberState.ALIVE, Participation.ACTIVE));

        assertThat(views.violations()).singleElement().asString().contains("version");
    }

    @Test
    void deathOfAHealthyMemberIsFoundAndThatOfAnExcusedOneIsNot() {
        AccusationChecker accusations = new AccusationChecker("sick"::equals);

        accusations.onEvent(0, "a", new Event.StateChanged("sick", 1, 1, MemberState.DEAD, "silent"));
        assertThat(accusations.violations()).isEmpty();
        accusations.onEvent(0, "a", new Event.StateChanged("b", 1, 1, MemberState.DEAD, "silent"));

        assertThat(accusations.violations()).hasSize(1);
    }

    @Test
    void stepThatAnotherStepHidesIsFound() {
        StepChecker steps = new StepChecker();
        look(steps, 1, member("b", 5, MemberState.DEAD, Participation.ACTIVE));
        look(steps, 2, member("b", 5, MemberState.ALIVE, Participation.ACTIVE));
        look(steps, 1, member("b", 5, MemberState.DEAD, Participation.ACTIVE));

        assertThat(steps.violations()).singleElement().asString().contains("went back");
        assertThat(steps.checked()).isEqualTo(3);
    }

    @Test
    void digestThatDoesNotFollowTheTableIsFound() {
        StepChecker steps = new StepChecker();
        look(steps, 1, member("b", 5, MemberState.ALIVE, Participation.ACTIVE));
        look(steps, 1, member("b", 6, MemberState.ALIVE, Participation.ACTIVE));
        steps.restarted("a");
        look(steps, 1, member("b", 7, MemberState.ALIVE, Participation.ACTIVE));

        assertThat(steps.violations()).hasSize(2);
    }

    private static void look(StepChecker steps, long digest, Member other) {
        Member own = member("a", 1, MemberState.ALIVE, Participation.ACTIVE);
        steps.check(0, "a", new MembershipView(0, digest, List.of(own, other)));
    }

    private void believe(long incarnation, MemberState state) {
        beliefs.onEvent(0, "a", new Event.StateChanged("b", 1, incarnation, state, "planted"));
    }

    private void publish(String node, long version, long hash, Member... members) {
        views.onEvent(0, node, new Event.Published(new MembershipView(version, hash, List.of(members))));
    }

    private static Member member(String name, long incarnation, MemberState state, Participation participation) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new Member(
                name, 1, incarnation, state, address, MemberMetadata.empty().with(participation));
    }
}
