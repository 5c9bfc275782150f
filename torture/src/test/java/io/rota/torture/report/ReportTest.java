package io.rota.torture.report;

import static io.rota.torture.history.Event.BEAT;
import static io.rota.torture.history.Event.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Check;
import io.rota.torture.history.HistoryMaker;
import io.rota.torture.history.NodeLife.End;
import io.rota.torture.nemesis.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Setting SETTING = new Setting("smoke", 7, 2, 100, "nowhere", "1.0", List.of("the worst"));

    /** n1 is killed at 1 s; x starts on n2 at 2.2 s, too early: n1's run still beats at 2.5 s. */
    private static HistoryMaker takeover() {
        return new HistoryMaker()
                .life("n1", 0, 1_000, End.KILLED, 0)
                .fault(1, FaultKind.KILL_NODE, 0, 1_000, 3_000)
                .rest(1, 3_000, 4_000, "")
                .x(0, START, "n1", 1, 1)
                .r(0, START, "n2", 3)
                .x(2_200, START, "n2", 2, 2)
                .x(2_500, BEAT, "n1", 1, 1)
                .x(2_600, BEAT, "n2", 2, 2);
    }

    @Test
    void aPercentileIsTheSmallestValueThatTheShareReaches() {
        var spread = Spread.of(LongStream.rangeClosed(1, 100).boxed().toList());

        assertThat(spread.percentile(0.5)).isEqualTo(50);
        assertThat(spread.percentile(0.99)).isEqualTo(99);
        assertThat(spread.percentile(1)).isEqualTo(100);
        assertThat(Spread.of(List.of(5L)).text()).isEqualTo("n=1 p50=5 p99=5 max=5 ms");
    }

    @Test
    void aTakeoverIsFromTheFaultToTheStartElsewhere() {
        var takeovers = Takeovers.of(takeover().history());

        assertThat(takeovers).isEqualTo(Map.of("KILL_NODE", Map.of("exclusive", Spread.of(List.of(1_200L)))));
    }

    @Test
    void theSummaryEndsWithTheCounts() {
        var history =
                takeover().skippedFault(1, FaultKind.LOSS, "no namespaces").history();
        var verdicts = Check.all().stream().map(check -> check.examine(history)).toList();

        var summary = Summary.of(SETTING, history, verdicts);

        assertThat(summary)
                .contains("SKIPPED LOSS: no namespaces")
                .contains("left out: the worst")
                .contains("not in the product yet: weight commands")
                .contains("not in the harness yet: drain")
                .contains("FAILED  exclusive tasks never overlap: 1 overlaps")
                .endsWith("7 passed, 1 failed, 3 skipped\n");
    }

    @Test
    void thePageShowsTheViolationAndLoadsNothing() {
        var history = takeover().history();
        var verdicts = Check.all().stream().map(check -> check.examine(history)).toList();

        var page = TimelinePage.of("<summary>", history, verdicts, 2);

        assertThat(page)
                .contains("KILL_NODE")
                .contains("fill=\"#e00\"><title>exclusive tasks never overlap: x: n1 token 1")
                .contains("&lt;summary>")
                .doesNotContain("src=")
                .doesNotContain("href=");
    }
}
