package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
    private static final Params PARAMS = new Params(new TreeMap<>(Map.of(
            "index", new Params.Param(Optional.of("all"), "[a-z]+"),
            "since", new Params.Param(Optional.empty(), ""))));

    @Test
    void whatIsGivenAndTheDefaultsOfTheRest() {
        assertThat(PARAMS.resolve(Map.of("since", "x"))).isEqualTo(Map.of("index", "all", "since", "x"));
    }

    @Test
    void unknownAndMissingAreRefused() {
        assertThatThrownBy(() -> PARAMS.resolve(Map.of("sinze", "x")))
                .hasMessage("there is no param sinze, only [index, since]");
        assertThatThrownBy(() -> PARAMS.resolve(Map.of())).hasMessage("param since is missing and has no default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf", "--since=x", "-"})
    void whatAProgramWouldReadAsAnOptionIsRefusedUnlessAPatternAllowsIt(String value) {
        assertThatThrownBy(() -> PARAMS.resolve(Map.of("since", value))).hasMessageContaining("begins with a dash");
        var allowing = new Params(new TreeMap<>(Map.of("since", new Params.Param(Optional.empty(), ".*"))));
        assertThat(allowing.resolve(Map.of("since", value))).containsEntry("since", value);
    }

    @Test
    void thePatternHoldsForTheWholeValue() {
        assertThatThrownBy(() -> PARAMS.resolve(Map.of("since", "x", "index", "all;rm")))
                .hasMessage("param index \"all;rm\" does not match [a-z]+");
        assertThatThrownBy(() -> PARAMS.resolve(Map.of("since", "a\0b"))).hasMessageContaining("NUL");
        assertThatThrownBy(() -> PARAMS.resolve(Map.of("since", "x".repeat(4_097))))
                .hasMessageContaining("4096");
    }

    @Test
    void aValueStaysInItsArgumentAndIsNotFilledAgain() {
        var values = Map.of("param.a", "x y; rm -rf / $HOME {param.b}", "param.b", "no");

        assertThat(Placeholders.fill(List.of("p", "{param.a}", "--a={param.a}", "{json}", "{param.c}"), values))
                .containsExactly(
                        "p",
                        "x y; rm -rf / $HOME {param.b}",
                        "--a=x y; rm -rf / $HOME {param.b}",
                        "{json}",
                        "{param.c}");
    }

    @Test
    void neitherTheProgramNorAScriptIsFilled() {
        var command = List.of("{param.a}", "-c", "echo {param.a}", "{param.a}");

        assertThat(Placeholders.fill(command, Map.of("param.a", "x")))
                .containsExactly("{param.a}", "-c", "echo {param.a}", "x");
        assertThat(Placeholders.misplacedIn(command)).containsExactly("param.a");
    }
}
