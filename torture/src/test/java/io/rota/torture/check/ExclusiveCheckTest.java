package io.rota.torture.check;

import static io.rota.torture.history.Event.BEAT;
import static io.rota.torture.history.Event.CHILD;
import static io.rota.torture.history.Event.END;
import static io.rota.torture.history.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Verdict.Outcome;
import io.rota.torture.history.HistoryMaker;
import io.rota.torture.history.NodeLife.End;
import org.junit.jupiter.api.Test;

class ExclusiveCheckTest {
    private final Check check = new ExclusiveCheck();

    @Test
    void runsOneAfterTheOtherPass() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 1)
                .x(50, BEAT, "n1", 1, 1)
                .x(60, END, "n1", 1, 1)
                .x(61, START, "n2", 2, 2)
                .x(99, BEAT, "n2", 2, 2)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aBeatBehindALaterStartFails() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n2", 2, 2)
                .x(60, BEAT, "n1", 1, 1)
                .x(90, BEAT, "n2", 2, 2)
                .history();

        var verdict = check.examine(history);

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.violations())
                .containsExactly(new Violation(
                        50_000_000,
                        "n1",
                        "x: n1 token 1 pid 1 wrote 1 lines after n2 token 2 pid 2 had started; both lived for 10 ms"));
    }

    @Test
    void theOrderOfTheAppendsCountsNotTheTimeInTheLine() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n2", 2, 2)
                .x(49, END, "n1", 1, 1)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void twoRunsOnOneNodeFailToo() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n1", 2, 2)
                .x(60, BEAT, "n1", 1, 1)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aGrandchildThatLivesOnFails() {
        var history = new HistoryMaker()
                .life("n1", 0, 40, End.KILLED, 0)
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n2", 2, 2)
                .x(60, CHILD, "n1", 1, 1)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aGrandchildOfANodeKilledWithItsGuardIsDocumented() {
        var history = new HistoryMaker()
                .life("n1", 0, 40, End.KILLED_WITH_GUARD, 0)
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n2", 2, 2)
                .x(60, CHILD, "n1", 1, 1)
                .history();

        var verdict = check.examine(history);

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary()).startsWith("0 overlaps, 1 more");
    }

    @Test
    void itsDirectChildIsNot() {
        var history = new HistoryMaker()
                .life("n1", 0, 40, End.KILLED_WITH_GUARD, 0)
                .x(0, START, "n1", 1, 1)
                .x(50, START, "n2", 2, 2)
                .x(60, CHILD, "n1", 1, 1)
                .x(70, BEAT, "n1", 1, 1)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }
}
