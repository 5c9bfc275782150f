package io.rota.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word that was probably meant. */
final class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "flaw, lawn, 2",
        "tasks, tasks, 0",
        "taks, tasks, 1",
        "tsaks, tasks, 2",
        "'', abc, 3",
        "abc, '', 3",
        "'', '', 0"
    })
    void distanceIsTheFewestEdits(String a, String b, int expected) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(expected);
        assertThat(Suggestions.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void nearestWordIsSuggested() {
        assertThat(Suggestions.didYouMean("comand", List.of("run", "command", "schedule")))
                .isEqualTo("did you mean \"command\"?");
    }

    @Test
    void ofTwoEquallyNearTheFirstByNameIsSuggested() {
        assertThat(Suggestions.didYouMean("bat", List.of("hat", "cat"))).isEqualTo("did you mean \"cat\"?");
    }

    @Test
    void wordThreeEditsAwayIsNotMeant() {
        assertThat(Suggestions.didYouMean("kitten", List.of("sitting", "dog"))).isEqualTo("known here: sitting, dog");
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(Suggestions.didYouMean("x", List.of())).isEmpty();
    }
}
