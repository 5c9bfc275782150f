package io.rota.torture.check;

import static io.rota.torture.history.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Verdict.Outcome;
import io.rota.torture.history.HistoryMaker;
import io.rota.torture.nemesis.FaultKind;
import org.junit.jupiter.api.Test;

class TokenCheckTest {
    private final Check check = new TokenCheck();

    @Test
    void growingTokensPassAlsoWithGaps() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 1)
                .x(10, START, "n2", 2, 5)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void anEqualTokenFails() {
        var history = new HistoryMaker()
                .x(0, START, "n1", 1, 4)
                .x(10, START, "n2", 2, 4)
                .history();

        assertThat(check.examine(history).violations())
                .extracting(Violation::text)
                .containsExactly("x: token 4 after token 4");
    }

    @Test
    void aSmallerTokenFailsAlsoAfterARestartOfAll() {
        var history = new HistoryMaker()
                .fault(1, FaultKind.KILL_ALL, 0, 5, 8)
                .rest(1, 8, 20, "")
                .x(0, START, "n1", 1, 4)
                .x(10, START, "n2", 2, 3)
                .history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void anExclusiveRunWithoutATokenFails() {
        var history = new HistoryMaker().x(0, START, "n1", 1, 0).history();

        assertThat(check.examine(history).outcome()).isEqualTo(Outcome.FAILED);
    }
}
