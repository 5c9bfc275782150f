package io.rota.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole number and a unit, and nothing that two people could read differently. */
final class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "500ms, PT0.5S",
        "1s, PT1S",
        "90s, PT1M30S",
        "10m, PT10M",
        "4h, PT4H",
        "30d, PT720H",
        "007s, PT7S",
        "999999999ms, PT277H46M39.999S",
        "999999999d, PT23999999976H"
    })
    void wholeNumberWithAUnitIsRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "15", "9999999999"})
    void numberAloneHasNoUnit(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" has no unit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "soon",
                "1.5s",
                "-1s",
                "+1s",
                "1 s",
                " 1s",
                "1s ",
                "1S",
                "1M",
                "1w",
                "1min",
                "1h30m",
                "PT1S",
                "1_000ms",
                "1e3s",
                "10000000000s",
                "١s",
                "1s\n"
            })
    void anythingElseIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration");
    }
}
