package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MembershipView;
import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.RunOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Orders on their way to the owner. */
class RunOrdersTest {
    private static final List<io.rota.scheduler.TaskDefinition> TASKS =
            List.of(Tasks.every("report", Duration.ofHours(1)), Tasks.service("poller"));
    private static final CommandOutcome BEGUN =
            new CommandOutcome.RunBegun("report@report~k1", "n2", RunState.STARTING, "");

    private final List<String> asked = new ArrayList<>();

    private static RunOrder order(String task, String... params) {
        var given = new TreeMap<String, String>();
        for (var param : params) {
            given.put(param, "x");
        }
        return new RunOrder(task, "k1", given);
    }

    /** Orders in a cluster where the owner answers each call with the next of these, the last again and again. */
    private CommandOutcome answered(RunOrder order, List<Optional<PeerAnswer>> answers) throws Exception {
        var ring = ClusterRings.of(List.of("n1", "n2"), TASKS);
        try (var orders = new RunOrders(
                TASKS,
                (member, request, limit, onAnswer) -> {
                    asked.add(member + " "
                            + ((PeerRequest.BeginRun) request).order().key());
                    onAnswer.accept(answers.get(Math.min(asked.size(), answers.size()) - 1));
                },
                () -> ring)) {
            return orders.run(order).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void theOwnerIsAsked() throws Exception {
        assertThat(answered(order("report"), List.of(Optional.of(new PeerAnswer.Commanded(BEGUN)))))
                .isEqualTo(BEGUN);

        var owner = ClusterRings.of(List.of("n1", "n2"), TASKS).placement().ownerOf("report");
        assertThat(asked).containsExactly(owner.orElseThrow() + " k1");
    }

    @Test
    void anOrderIsHandedOnAgainUntilItIsTaken() throws Exception {
        var busy = new CommandOutcome.Refused(CommandOutcome.Cause.UNAVAILABLE, "still asks the others");

        var outcome = answered(
                order("report"),
                List.of(
                        Optional.empty(),
                        Optional.of(new PeerAnswer.Commanded(busy)),
                        Optional.of(new PeerAnswer.Refused("starting")),
                        Optional.of(new PeerAnswer.Commanded(BEGUN))));

        assertThat(outcome).isEqualTo(BEGUN);
        assertThat(asked).hasSize(4).allMatch(call -> call.endsWith(" k1"));
    }

    @Test
    void whatTheOwnerRefusesForGoodIsNotAskedAgain() throws Exception {
        var never = new CommandOutcome.Refused(CommandOutcome.Cause.INVALID, "no such param");

        assertThat(answered(order("report"), List.of(Optional.of(new PeerAnswer.Commanded(never)))))
                .isEqualTo(never);
        assertThat(asked).hasSize(1);
    }

    @Test
    void nobodyIsAskedForWhatCannotBe() throws Exception {
        assertThat(answered(order("reprot"), List.of()))
                .isEqualTo(new CommandOutcome.Refused(CommandOutcome.Cause.UNKNOWN, "there is no task named reprot"));
        assertThat(answered(order("poller"), List.of())).extracting("cause").isEqualTo(CommandOutcome.Cause.INVALID);
        assertThat(answered(order("report", "index"), List.of()))
                .extracting("cause")
                .isEqualTo(CommandOutcome.Cause.INVALID);
        assertThat(asked).isEmpty();
    }

    @Test
    void anOrderThatNobodyTakesIsRefusedWithTheKeyToAskAgainBy() throws Exception {
        var empty = ClusterRing.of(new MembershipView(0, 0, List.of()), TASKS);
        try (var orders =
                new RunOrders(TASKS, (member, request, limit, onAnswer) -> {}, () -> empty, Duration.ofMillis(1))) {
            var outcome = orders.run(order("report")).get(20, TimeUnit.SECONDS);

            assertThat(outcome).isInstanceOfSatisfying(CommandOutcome.Refused.class, refused -> {
                assertThat(refused.cause()).isEqualTo(CommandOutcome.Cause.UNAVAILABLE);
                assertThat(refused.reason())
                        .contains("no live node is eligible")
                        .contains("key k1");
            });
        }
    }
}
