package io.rota.torture.check;

import static io.rota.torture.history.Event.BEAT;
import static io.rota.torture.history.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Verdict.Outcome;
import io.rota.torture.history.HistoryMaker;
import io.rota.torture.nemesis.FaultKind;
import org.junit.jupiter.api.Test;

class RingCheckTest {
    private final Check check = new RingCheck();

    private static HistoryMaker doubleRun() {
        return new HistoryMaker()
                .r(0, START, "n1", 1)
                .r(50, START, "n2", 2)
                .r(60, BEAT, "n1", 1)
                .r(70, BEAT, "n2", 2);
    }

    @Test
    void aDoubleRunWithoutCauseFails() {
        assertThat(check.examine(doubleRun().history()).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aDoubleRunBehindACutPasses() {
        var history = doubleRun()
                .fault(1, FaultKind.ISOLATE, 0, 40, 55)
                .rest(1, 55, 80, "")
                .history();

        var verdict = check.examine(history);

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary()).contains("1 allowed, the longest of 10 ms");
    }

    @Test
    void aKillIsNoExcuse() {
        var history = doubleRun()
                .fault(1, FaultKind.KILL_NODE, 0, 40, 55)
                .rest(1, 55, 80, "")
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aCutIsNoExcuseOnceTheClusterWasAtRest() {
        var history = doubleRun()
                .fault(1, FaultKind.ISOLATE, 0, 10, 20)
                .rest(1, 20, 30, "")
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }
}
