package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.CommandOutcome.Cause;
import io.rota.scheduler.view.DrainOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Orders to drain: on their way to the node, and there. */
class DrainOrdersTest {
    private final List<Boolean> told = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<PeerAnswer> answer = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    private final DrainOrders.Busy idle = new DrainOrders.Busy() {
        @Override
        public List<String> tasks() {
            return List.of();
        }

        @Override
        public boolean owes() {
            return false;
        }
    };

    private final DrainOrders.Switch draining = new DrainOrders.Switch() {
        @Override
        public boolean isDraining() {
            return !told.isEmpty() && told.get(told.size() - 1);
        }

        @Override
        public Optional<String> drain(boolean on) {
            if (refusal.isEmpty()) {
                told.add(on);
            }
            return refusal;
        }
    };

    private DrainOrders orders(String... nodes) {
        var ring = ClusterRings.of(List.of(nodes), List.of(Tasks.service("a"), Tasks.service("b")));
        return new DrainOrders(
                "n1",
                (member, request, limit, onAnswer) -> {
                    asked.add(member + " "
                            + ((PeerRequest.DrainNode) request).order().action());
                    onAnswer.accept(answer);
                },
                () -> ring,
                idle,
                draining);
    }

    private static DrainOrder order(String node, DrainOrder.Action action, boolean allowBlocked) {
        return new DrainOrder(node, action, allowBlocked);
    }

    private static Cause cause(CommandOutcome outcome) {
        assertThat(outcome).isInstanceOf(CommandOutcome.Refused.class);
        return ((CommandOutcome.Refused) outcome).cause();
    }

    private CommandOutcome relayed(String node) throws Exception {
        return orders("n1", "n2")
                .relay(order(node, DrainOrder.Action.DRAIN, false))
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void theNodeItselfIsAskedAndItsWordIsPassedOn() throws Exception {
        var word = new CommandOutcome.Refused(Cause.CONFLICT, "b would be blocked");
        answer = Optional.of(new PeerAnswer.Commanded(word));

        assertThat(relayed("n2")).isEqualTo(word);
        assertThat(asked).containsExactly("n2 DRAIN");
        assertThat(told).isEmpty();
    }

    @Test
    void aNodeThatIsSilentOrUnknownIsARefusal() throws Exception {
        assertThat(cause(relayed("n2"))).isEqualTo(Cause.UNAVAILABLE);
        assertThat(cause(relayed("n9"))).isEqualTo(Cause.UNKNOWN);
        assertThat(asked).hasSize(1);
    }

    @Test
    void lookingChangesNothing() {
        assertThat(orders("n1", "n2").obey(DrainOrder.look("n1"))).isInstanceOf(CommandOutcome.DrainStands.class);
        assertThat(told).isEmpty();
    }

    @Test
    void drainingAndUndrainingAreDoneAndMayBeRepeated() {
        var orders = orders("n1", "n2");

        for (int i = 0; i < 2; i++) {
            assertThat(orders.obey(order("n1", DrainOrder.Action.DRAIN, false)))
                    .isInstanceOfSatisfying(
                            CommandOutcome.DrainStands.class,
                            stands -> assertThat(stands.view().draining()).isTrue());
        }
        assertThat(orders.obey(order("n1", DrainOrder.Action.UNDRAIN, false)))
                .isInstanceOfSatisfying(
                        CommandOutcome.DrainStands.class,
                        stands -> assertThat(stands.view().draining()).isFalse());
        assertThat(told).containsExactly(true, true, false);
    }

    @Test
    void whatWouldBlockTasksIsRefusedUnlessItIsAllowed() {
        var alone = orders("n1");

        var outcome = alone.obey(order("n1", DrainOrder.Action.DRAIN, false));

        assertThat(cause(outcome)).isEqualTo(Cause.CONFLICT);
        assertThat(((CommandOutcome.Refused) outcome).reason())
                .contains("2 of the tasks would be blocked: a (no other live node is eligible: there is none), b (")
                .contains("--allow-blocked");
        assertThat(told).isEmpty();

        assertThat(alone.obey(order("n1", DrainOrder.Action.DRAIN, true)))
                .isInstanceOf(CommandOutcome.DrainStands.class);
        assertThat(told).containsExactly(true);
    }

    @Test
    void anOrderForAnotherNodeAndADiskThatIsFullAreRefused() {
        assertThat(cause(orders("n1", "n2").obey(order("n2", DrainOrder.Action.DRAIN, true))))
                .isEqualTo(Cause.INVALID);
        refusal = Optional.of("the disk is full");

        assertThat(cause(orders("n1", "n2").obey(order("n1", DrainOrder.Action.DRAIN, true))))
                .isEqualTo(Cause.UNAVAILABLE);
        assertThat(told).isEmpty();
    }
}
