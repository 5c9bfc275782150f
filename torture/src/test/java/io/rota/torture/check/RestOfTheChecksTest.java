package io.rota.torture.check;

import static io.rota.torture.history.Event.BEAT;
import static io.rota.torture.history.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Verdict.Outcome;
import io.rota.torture.history.History;
import io.rota.torture.history.HistoryMaker;
import io.rota.torture.history.NodeLife.End;
import io.rota.torture.nemesis.FaultKind;
import org.junit.jupiter.api.Test;

class RestOfTheChecksTest {
    private static Outcome outcome(Check check, HistoryMaker history) {
        return check.examine(history.history()).outcome();
    }

    /** Between the rest at 0 and the fault at 20 s the tasks beat each second until then. */
    private static HistoryMaker calmUntil(long lastBeatMillis) {
        var history = new HistoryMaker()
                .rest(0, 0, 1, "")
                .fault(1, FaultKind.KILL_NODE, 0, 20_000, 21_000)
                .x(1, START, "n1", 1, 1)
                .r(1, START, "n1", 2);
        for (long millis = 500; millis <= 20_000; millis += 500) {
            history.r(millis, BEAT, "n1", 2);
            if (millis <= lastBeatMillis) {
                history.x(millis, BEAT, "n1", 1, 1);
            }
        }
        return history;
    }

    @Test
    void aClusterThatComesToRestPassesAndOneThatDoesNotFails() {
        assertThat(outcome(new SettleCheck(), new HistoryMaker().rest(1, 10, 20, "")))
                .isEqualTo(Outcome.PASSED);
        assertThat(outcome(new SettleCheck(), new HistoryMaker().rest(1, 10, 20, "views differ")))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aLockGroupThatStaysAwayFails() {
        assertThat(outcome(new LockCheck(), new HistoryMaker())).isEqualTo(Outcome.SKIPPED);
        assertThat(outcome(new LockCheck(), new HistoryMaker().locks(1, 2, ""))).isEqualTo(Outcome.PASSED);
        assertThat(outcome(new LockCheck(), new HistoryMaker().locks(1, 2, "n1 sees no CP group")))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void anIdleServiceFails() {
        assertThat(outcome(new AvailabilityCheck(), calmUntil(20_000))).isEqualTo(Outcome.PASSED);
        // Idle for 3.5 s, less than 5 % of 20 s and a hand-over.
        assertThat(outcome(new AvailabilityCheck(), calmUntil(15_500))).isEqualTo(Outcome.PASSED);
        assertThat(outcome(new AvailabilityCheck(), calmUntil(14_000))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void withoutCalmTimeThereIsNothingToJudge() {
        assertThat(outcome(new AvailabilityCheck(), new HistoryMaker())).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void idleTimeIsWhatExceedsASecond() {
        History history = new HistoryMaker()
                .x(1_000, START, "n1", 1, 1)
                .x(4_000, BEAT, "n1", 1, 1)
                .history();

        long idle = AvailabilityCheck.idleNanos(history.lines(), 0, 6_000_000_000L);

        // 0 to 1 s: none; 1 to 4 s: two seconds; 4 to 6 s: one.
        assertThat(idle).isEqualTo(3_000_000_000L);
    }

    @Test
    void aProcessThatOutlivesItsNodeFails() {
        var killed = new HistoryMaker().life("n1", 0, 100, End.KILLED, 0).x(10, START, "n1", 1, 1);

        assertThat(outcome(new OrphanCheck(), killed.sighting(8_000, 1, "n1"))).isEqualTo(Outcome.PASSED);
        assertThat(outcome(new OrphanCheck(), killed.sighting(9_200, 1, "n1"))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aGrandchildOfANodeKilledWithItsGuardIsDocumentedItsChildIsNot() {
        var killed =
                new HistoryMaker().life("n1", 0, 100, End.KILLED_WITH_GUARD, 0).x(10, START, "n1", 1, 1);

        assertThat(outcome(new OrphanCheck(), killed.sighting(9_200, 2, "n1"))).isEqualTo(Outcome.PASSED);
        assertThat(outcome(new OrphanCheck(), killed.sighting(9_200, 1, "n1"))).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aNodeThatEndsByItselfOrBadlyFails() {
        assertThat(outcome(new EndCheck(), new HistoryMaker().life("n1", 0, 9, End.TOLD, 0)))
                .isEqualTo(Outcome.PASSED);
        assertThat(outcome(new EndCheck(), new HistoryMaker().life("n1", 0, 9, End.TOLD, 137)))
                .isEqualTo(Outcome.FAILED);
        assertThat(outcome(new EndCheck(), new HistoryMaker().life("n1", 0, 9, End.UNASKED, 0)))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void anErrorIsExpectedOnlyWithItsFault() {
        var guardDied = "x ERROR GuardProcess guard died pid=7: ending its 2 processes and starting a new one";

        assertThat(outcome(
                        new LogCheck(),
                        new HistoryMaker()
                                .fault(1, FaultKind.KILL_GUARD, 0, 1, 2)
                                .error("n1", guardDied)))
                .isEqualTo(Outcome.PASSED);
        assertThat(outcome(new LogCheck(), new HistoryMaker().error("n1", guardDied)))
                .isEqualTo(Outcome.FAILED);
        assertThat(outcome(
                        new LogCheck(),
                        new HistoryMaker()
                                .skippedFault(1, FaultKind.KILL_GUARD, "no guard")
                                .error("n1", guardDied)))
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aTornLineOrATaskThatNeverStartedFails() {
        var whole = new HistoryMaker().x(1, START, "n1", 1, 1).r(1, START, "n1", 2);

        assertThat(outcome(new WitnessCheck(), whole)).isEqualTo(Outcome.PASSED);
        assertThat(outcome(new WitnessCheck(), whole.tornLine())).isEqualTo(Outcome.FAILED);
        assertThat(outcome(new WitnessCheck(), new HistoryMaker().r(1, START, "n1", 2)))
                .isEqualTo(Outcome.FAILED);
    }
}
