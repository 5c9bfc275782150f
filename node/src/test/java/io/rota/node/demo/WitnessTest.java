package io.rota.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.node.demo.Witness.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker of the demo's proof passes what is clean, and bites on what is not. */
final class WitnessTest {
    private static final List<String> CLEAN_TAKEOVER = List.of(
            "10.00 start counter run-1 1 n1",
            "10.10 beat counter run-1 1 n1",
            "10.10 start mailer run-9 - n2",
            "10.20 beat counter run-1 1 n1",
            "12.00 start counter run-2 2 n2",
            "12.10 beat counter run-2 2 n2",
            "12.20 end counter run-2 2 n2",
            "12.30 start counter run-3 3 n2",
            "12.40 beat counter run-3 3 n2");

    @Test
    void cleanTakeoverPasses() {
        var witness = Witness.of(CLEAN_TAKEOVER);

        assertThat(witness.overlaps("counter")).isEmpty();
        assertThat(witness.tokenRegressions("counter")).isEmpty();
    }

    @Test
    void beatAfterALaterStartIsAnOverlap() {
        var doctored = List.of(
                "10.00 start counter run-1 1 n1",
                "12.00 start counter run-2 2 n2",
                "12.05 beat counter run-1 1 n1",
                "12.10 beat counter run-2 2 n2");

        assertThat(Witness.of(doctored).overlaps("counter"))
                .containsExactly(new Line(12_050, "beat", "counter", "run-1", 1, "n1"));
    }

    @Test
    void endAfterALaterStartIsAnOverlap() {
        var doctored = List.of(
                "10.00 start counter run-1 1 n1", "12.00 start counter run-2 2 n2", "12.05 end counter run-1 1 n1");

        assertThat(Witness.of(doctored).overlaps("counter"))
                .extracting(Line::run)
                .containsExactly("run-1");
    }

    @Test
    void beatOfARunThatNeverStartedIsAnOverlap() {
        var doctored = List.of("10.00 start counter run-1 1 n1", "10.10 beat counter run-0 1 n3");

        assertThat(Witness.of(doctored).overlaps("counter"))
                .extracting(Line::run)
                .containsExactly("run-0");
    }

    @Test
    void tasksDoNotOverlapEachOther() {
        var lines = List.of(
                "10.00 start counter run-1 1 n1", "10.10 start ledger run-2 1 n2", "10.20 beat counter run-1 1 n1");

        assertThat(Witness.of(lines).overlaps("counter")).isEmpty();
        assertThat(Witness.of(lines).overlaps("ledger")).isEmpty();
    }

    @Test
    void smallerTokenIsARegression() {
        var doctored = List.of(
                "10.00 start counter run-1 5 n1", "12.00 start counter run-2 4 n2", "13.00 start counter run-3 6 n2");

        assertThat(Witness.of(doctored).tokenRegressions("counter"))
                .extracting(Line::run)
                .containsExactly("run-2");
    }

    @Test
    void equalTokenIsARegression() {
        var doctored = List.of("10.00 start counter run-1 5 n1", "12.00 start counter run-2 5 n2");

        assertThat(Witness.of(doctored).tokenRegressions("counter"))
                .extracting(Line::run)
                .containsExactly("run-2");
    }

    @Test
    void sameRunStartedTwiceIsCaughtByItsToken() {
        var doctored = List.of(
                "10.00 start counter run-1 1 n1", "12.00 start counter run-1 1 n2", "12.10 beat counter run-1 1 n1");

        assertThat(Witness.of(doctored).tokenRegressions("counter")).hasSize(1);
    }

    @Test
    void latestLineOfEachTaskIsKnown() {
        var latest = Witness.of(CLEAN_TAKEOVER).latest();

        assertThat(latest).containsOnlyKeys("counter", "mailer");
        assertThat(latest.get("counter")).isEqualTo(new Line(12_400, "beat", "counter", "run-3", 3, "n2"));
        assertThat(latest.get("mailer")).isEqualTo(new Line(10_100, "start", "mailer", "run-9", 0, "n2"));
    }

    @Test
    void firstStartAfterAnInstantIsFound() {
        var witness = Witness.of(CLEAN_TAKEOVER);

        assertThat(witness.firstStartAfter("counter", 10_001).map(Line::run)).contains("run-2");
        assertThat(witness.firstStartAfter("counter", 12_000).map(Line::run)).contains("run-2");
        assertThat(witness.firstStartAfter("counter", 12_301)).isEmpty();
        assertThat(witness.firstStartAfter("mailer", 0).map(Line::run)).contains("run-9");
    }

    @Test
    void lineThatIsOnlyHalfThereIsNotCounted() {
        assertThat(Witness.of(List.of("10.00 start counter")).latest()).isEmpty();
    }

    @Test
    void fileThatIsNotThereYetIsEmpty(@TempDir Path dir) throws IOException {
        assertThat(Witness.read(dir.resolve("witness.log")).latest()).isEmpty();

        Files.write(dir.resolve("witness.log"), CLEAN_TAKEOVER);

        assertThat(Witness.read(dir.resolve("witness.log")).latest()).hasSize(2);
    }
}
