package io.rota.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environment variables in values, by the rules of docker compose. */
final class SubstitutionTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOST", "db1", "EMPTY", "", "TRICKY", "$1\\${HOST}");

    private final Substitution substitution = new Substitution(ENVIRONMENT::get);

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'', ''",
        "${HOST}, db1",
        "a-${HOST}-${HOST}-z, a-db1-db1-z",
        "${HOST:-other}, db1",
        "${NOPE:-other}, other",
        "${EMPTY:-other}, other",
        "${NOPE:-}, ''",
        "'${NOPE:-two words}', two words",
        "${NOPE:-$x}, $x",
        "$$, $",
        "$${HOST}, ${HOST}",
        "$$$$, $$",
        "$$${HOST}, $db1",
        "price $5, price $5",
        "$HOST, $HOST",
        "${1X}, ${1X}",
        "${}, ${}",
        "${HOST, ${HOST",
        "${HOST-x}, ${HOST-x}"
    })
    void textIsFilledIn(String text, String expected) {
        assertThat(substitution.apply(text)).isEqualTo(expected);
    }

    @Test
    void whatAVariableHoldsIsNotReadAgain() {
        assertThat(substitution.apply("${TRICKY}")).isEqualTo("$1\\${HOST}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOPE}", "a${HOST}${NOPE}"})
    void variableThatIsNotSetIsNamed(String text) {
        assertThatThrownBy(() -> substitution.apply(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("environment variable NOPE is not set");
    }

    @Test
    void emptyVariableWithoutADefaultCountsAsNotSet() {
        assertThatThrownBy(() -> substitution.apply("${EMPTY}")).hasMessage("environment variable EMPTY is not set");
    }
}
