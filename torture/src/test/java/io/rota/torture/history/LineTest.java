package io.rota.torture.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final String LINE =
            "6000000000123 beat x x@2026-01-01T00:00:00Z 7 n2 40 41 n2/8f/x@2026-01-01T00:00:00Z";

    @Test
    void aLineIsRead() {
        var line = Line.parse(LINE).orElseThrow();

        assertThat(line)
                .isEqualTo(
                        new Line(6000000000123L, Event.BEAT, "x", "x@2026-01-01T00:00:00Z", 7, "n2", 40, 41, "n2/8f"));
    }

    @Test
    void everyTornLineIsRefused() {
        for (int length = 0; length < LINE.lastIndexOf(' '); length++) {
            assertThat(Line.parse(LINE.substring(0, length))).isEmpty();
        }
    }

    @Test
    void aRunReachesFromItsFirstLineToItsLast() {
        var history = new HistoryMaker()
                .x(10, Event.START, "n1", 5, 1)
                .x(20, Event.BEAT, "n1", 5, 1)
                .x(30, Event.END, "n1", 5, 1)
                .x(40, Event.START, "n2", 6, 2)
                .history();

        assertThat(Bar.of(history.lines()))
                .isEqualTo(List.of(
                        new Bar("x", "n1", "n1/boot", 1, 10_000_000, 30_000_000, true),
                        new Bar("x", "n2", "n2/boot", 2, 40_000_000, 40_000_000, false)));
    }
}
