package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** memberlist TransmitLimited_*: fresh first, largest that fits, dropped after the limit, newer news replace older. */
class RumorQueueTest {

    private final RumorQueue queue = new RumorQueue();

    @ParameterizedTest
    @CsvSource({"4, 1, 4", "4, 9, 4", "4, 10, 8", "4, 99, 8", "3, 100, 9", "4, 1000, 16"})
    void limitIsLambdaTimesLog(int lambda, int members, int expected) {
        assertThat(RumorQueue.limit(lambda, members)).isEqualTo(expected);
    }

    @Test
    void leastSentGoesFirstAndAmongEqualsTheFreshest() {
        queue.add(left("a"));
        queue.add(left("b"));
        assertThat(names(queue.take(50, 100_000, 9))).containsExactly("b");

        queue.add(left("c"));

        assertThat(names(queue.take(50, 100_000, 9))).containsExactly("c");
        assertThat(names(queue.take(50, 100_000, 9))).containsExactly("a");
    }

    @Test
    void pieceIsForgottenAfterTheLimit() {
        queue.add(left("a"));

        assertThat(queue.take(1000, 100_000, 2)).hasSize(1);
        assertThat(queue.take(1000, 100_000, 2)).hasSize(1);
        assertThat(queue.take(1000, 100_000, 2)).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void newerNewsOfAMemberReplaceOlder() {
        queue.add(left("a"));
        queue.add(new Rumor.Suspect("a", 1, 9, "x"));

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take(1000, 100_000, 9)).containsExactly(new Rumor.Suspect("a", 1, 9, "x"));
    }

    @Test
    void onlyWhatFitsIsTaken() {
        for (int i = 0; i < 100; i++) {
            queue.add(left("member" + i));
        }

        List<Rumor> taken = queue.take(400, 100_000, 9);

        assertThat(taken.stream().mapToInt(RumorSize::of).sum()).isLessThanOrEqualTo(400);
        assertThat(taken).hasSizeGreaterThan(5);
    }

    @Test
    void accusationsAreDroppedAndTheRestIsKept() {
        queue.add(new Rumor.Suspect("a", 1, 9, "x"));
        queue.add(left("b"));
        queue.add(new Rumor.Dead("c", 1, 9, "x", false));

        queue.dropAccusations();

        assertThat(queue.size()).isEqualTo(1);
        assertThat(names(queue.take(1000, 100_000, 9))).containsExactly("b");
    }

    private static Rumor left(String name) {
        return new Rumor.Left(name, 1, 2);
    }

    private static List<String> names(List<Rumor> rumors) {
        return rumors.stream().map(Rumor::name).toList();
    }
}
