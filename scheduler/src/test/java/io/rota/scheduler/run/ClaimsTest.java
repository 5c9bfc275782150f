package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.engine.ClaimAnswer;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Lease LEASE = new Lease(new LeaseId("n1", 7, 1), 6_000, true);

    private final HeldCalls calls = new HeldCalls();
    private final Claims claims = new Claims(
            "n1", new KnownArbiters("n1", ArbiterList.first(List.of("n1", "n2", "n3")), calls), Runnable::run);
    private final List<ClaimAnswer> answers = new ArrayList<>();

    /** Calls whose answers come when the test gives them. */
    private static final class HeldCalls implements PeerCalls {
        private final Queue<Consumer<Optional<PeerAnswer>>> open = new ArrayDeque<>();

        @Override
        public void ask(String member, PeerRequest request, Duration limit, Consumer<Optional<PeerAnswer>> onAnswer) {
            open.add(onAnswer);
        }

        void answer(Optional<PeerAnswer> answer) {
            open.remove().accept(answer);
        }
    }

    private void askFor(int count) {
        for (int i = 0; i < count; i++) {
            var purpose = new Purpose(ClaimKind.EXCLUSIVE, "t" + i, "run" + i, 1, Purpose.NO_OCCURRENCE, "", 0);
            claims.ask("claim" + i, purpose, LEASE, 0, answers::add);
        }
    }

    @Test
    void hundredsOfClaimsAreAskedForSomeAtATime() {
        askFor(200);

        assertThat(calls.open).hasSize(Claims.AT_ONCE);
    }

    @Test
    void everyClaimHasItsTurn() {
        askFor(20);

        while (!calls.open.isEmpty()) {
            calls.answer(Optional.of(new PeerAnswer.Decided(new ClaimDecision.Granted(1, true))));
        }

        assertThat(answers).hasSize(20).allMatch(answer -> answer instanceof ClaimAnswer.Granted);
    }

    @Test
    void aCallWithoutAnAnswerGivesItsTurnAway() {
        askFor(20);

        while (!calls.open.isEmpty()) {
            calls.answer(Optional.empty());
        }

        assertThat(answers).hasSize(20).allMatch(answer -> answer instanceof ClaimAnswer.Unavailable);
    }

    @Test
    void endsOfClaimsAreToldSomeAtATime() {
        for (int i = 0; i < 200; i++) {
            claims.release("t" + i, "claim" + i);
        }
        claims.sendReleases();

        assertThat(calls.open).hasSize(3 * Claims.AT_ONCE);
    }

    @Test
    void everyEndIsTold() {
        for (int i = 0; i < 20; i++) {
            claims.release("t" + i, "claim" + i);
        }

        while (!calls.open.isEmpty()) {
            calls.answer(Optional.of(new PeerAnswer.Done(true)));
        }

        assertThat(claims.hasReleases()).isFalse();
    }
}
