package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void acceptsEachNumberOnce() {
        assertThat(window.accept(0)).isTrue();
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(5)).isTrue();
        assertThat(window.accept(3)).isTrue();
        assertThat(window.accept(3)).isFalse();
        assertThat(window.accept(5)).isFalse();
    }

    @Test
    void refusesWhatIsTooOldToTell() {
        window.accept(2000);

        assertThat(window.accept(2000 - 1024)).isFalse();
        assertThat(window.accept(2000 - 1023)).isTrue();
    }

    @Test
    void jumpForgetsTheOldBits() {
        window.accept(7);
        window.accept(7 + 1024);

        assertThat(window.accept(8)).isTrue();
        assertThat(window.accept(7)).isFalse();
        assertThat(window.accept(1L << 40)).isTrue();
        assertThat(window.accept((1L << 40) - 1)).isTrue();
    }

    @Test
    void behavesLikeASetWithAFloor() {
        SplittableRandom random = new SplittableRandom(3);
        Set<Long> seen = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 100_000; i++) {
            long number = Math.max(0, highest + random.nextLong(-1100, 40));

            boolean expected = number > highest - 1024 && !seen.contains(number);

            assertThat(window.accept(number)).isEqualTo(expected);
            if (expected) {
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
    }

    /** Found by fuzzing: the greatest number has no successor. */
    @Test
    void numberThatNoProcessReachesIsRefused() {
        ReplayWindow fresh = new ReplayWindow();

        assertThat(fresh.accept(Long.MAX_VALUE)).isFalse();
        assertThat(fresh.accept(1)).isTrue();
    }
}
