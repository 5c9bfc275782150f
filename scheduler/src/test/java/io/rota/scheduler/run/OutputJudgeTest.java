package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.OutputRule;
import org.junit.jupiter.api.Test;

class OutputJudgeTest {
    private static String flaw(String matches, String notMatches, String... pieces) {
        var judge = new OutputJudge(new OutputRule(matches, notMatches));
        for (var piece : pieces) {
            judge.read(piece);
        }
        return judge.flaw();
    }

    @Test
    void oneLineMustMatchWhatIsAskedFor() {
        assertThat(flaw("^done$", "", "begun\ndone\nby\n")).isEmpty();
        assertThat(flaw("^done$", "", "begun\nwell done\n"))
                .isEqualTo("no line of the output matches output_matches: ^done$");
        assertThat(flaw("^done$", "")).contains("no line of the output");
    }

    @Test
    void noLineMayMatchWhatIsRefused() {
        assertThat(flaw("", "FATAL|PANIC", "fine\n")).isEmpty();
        assertThat(flaw("", "FATAL|PANIC", "a\nx PANIC y\nfine\n"))
                .isEqualTo("a line of the output matches output_not_matches: FATAL|PANIC");
        assertThat(flaw("done", "FATAL", "done\nFATAL\n")).contains("output_not_matches");
    }

    @Test
    void whereTheOutputIsCutMakesNoDifference() {
        assertThat(flaw("^done$", "", "begun\ndo", "ne\r", "\nby")).isEmpty();
        assertThat(flaw("", "FATAL", "FA", "TAL")).contains("FATAL");
        assertThat(flaw("", "FATAL", "FA\n", "TAL")).isEmpty();
    }

    @Test
    void lastLineNeedsNoEnd() {
        assertThat(flaw("^done$", "", "done")).isEmpty();
    }

    @Test
    void ofALongLineTheBeginningCounts() {
        var long4090 = "x".repeat(4_090);

        assertThat(flaw("FATAL", "", long4090, " FATAL\n")).isEmpty();
        assertThat(flaw("FATAL", "", long4090, "xx FATAL\n")).contains("no line");
        assertThat(flaw("FATAL", "", long4090.repeat(100), "\nFATAL\n")).isEmpty();
    }

    @Test
    void expressionThatNeverEndsFailsTheRunAndNotTheNode() {
        var slow = "^(.*)(.*)(.*)(.*)(.*)x$";

        assertThat(flaw("", slow, "fine\n", "a".repeat(200) + "!\n"))
                .isEqualTo("a pattern takes too long on a line of the output: " + slow);
        assertThat(flaw(slow, "", "a".repeat(200) + "!\n")).contains("takes too long");
        assertThat(flaw("^(ab|cd)*x$", "", "ab".repeat(2_000)))
                .as("one that needs a deep stack")
                .isNotEmpty();
    }

    @Test
    void anythingBeforeAMatchIsNotLookedFor() {
        var line = "no ".repeat(1_300) + "\n";

        assertThat(flaw("", ".*FATAL.*", line)).isEmpty();
        assertThat(flaw("", ".*FATAL.*", line, "x FATAL")).contains("output_not_matches: .*FATAL.*");
        assertThat(flaw(".*?done", "", "well done")).isEmpty();
        assertThat(flaw(".*", "", "x")).isEmpty();
    }
}
