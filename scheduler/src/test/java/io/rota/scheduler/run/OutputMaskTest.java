package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputMaskTest {
    private static String masked(List<String> secrets, String... pieces) {
        var mask = new OutputMask(secrets);
        var shown = new StringBuilder();
        for (var piece : pieces) {
            shown.append(mask.pass(piece));
        }
        return shown.append(mask.rest()).toString();
    }

    @Test
    void secretIsReplacedWhereverItStands() {
        assertThat(masked(List.of("hunter2"), "hunter2 is hunter2\n")).isEqualTo("*** is ***\n");
        assertThat(masked(List.of("hunter2"), "hunter3")).isEqualTo("hunter3");
    }

    @Test
    void secretThatIsSplitIsFound() {
        assertThat(masked(List.of("hunter2"), "a hun", "ter", "2 b")).isEqualTo("a *** b");
        assertThat(masked(List.of("hunter2"), "a hun", "ters")).isEqualTo("a hunters");
    }

    @Test
    void endThatIsABeginningComesWithTheNextPieceOrAtTheEnd() {
        var mask = new OutputMask(List.of("hunter2"));

        assertThat(mask.pass("bye hunter")).isEqualTo("bye ");
        assertThat(mask.rest()).isEqualTo("hunter");
        assertThat(mask.rest()).isEmpty();
    }

    @Test
    void secretThatEndsAsItBeginsIsFound() {
        assertThat(masked(List.of("aXXa"), "aXXa")).isEqualTo("***");
        assertThat(masked(List.of("aXXa"), "aXXaXXa", "XXa")).isEqualTo("***XX***");
        assertThat(masked(List.of("abcabd"), "abcabc", "abd")).isEqualTo("abc***");
    }

    @Test
    void longerOfTwoSecretsIsReplacedAsAWhole() {
        assertThat(masked(List.of("pass", "passport"), "passport pass", "port pass"))
                .isEqualTo("*** *** ***");
    }

    @Test
    void eachLineOfASecretIsOne() {
        assertThat(masked(List.of("-----BEGIN\nMIIB"), "key MIIB\n-----BEGIN\nMIIB"))
                .isEqualTo("key ***\n***");
    }

    @Test
    void shortValuesWouldTurnUpEverywhere() {
        assertThat(masked(List.of("abc"), "abcabc")).isEqualTo("abcabc");
    }

    @Test
    void whereTheOutputIsCutMakesNoDifference() {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            var text = random.ints(40, 0, 3)
                    .collect(StringBuilder::new, (all, c) -> all.append((char) ('a' + c)), StringBuilder::append)
                    .toString();
            var secrets = List.of("abab", "ababc", "cabb", "aaaa");
            int one = random.nextInt(text.length());
            int two = one + random.nextInt(text.length() - one);

            var cut = masked(secrets, text.substring(0, one), text.substring(one, two), text.substring(two));

            assertThat(cut).as(text).isEqualTo(masked(secrets, text)).doesNotContain("abab", "cabb", "aaaa");
        }
    }
}
