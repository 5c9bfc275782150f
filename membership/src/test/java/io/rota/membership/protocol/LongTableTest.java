package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongTableTest {

    /** Against the library's map, with many puts and removals of near and far keys. */
    @Test
    void behavesAsAMap() {
        SplittableRandom random = new SplittableRandom(3);
        LongTable<Integer> table = new LongTable<>();
        Map<Long, Integer> map = new HashMap<>();

        for (int i = 0; i < 200_000; i++) {
            long key = random.nextInt(3) == 0 ? random.nextLong() >> 56 : random.nextInt(300);
            if (random.nextBoolean()) {
                table.put(key, i);
                map.put(key, i);
            } else {
                assertThat(table.remove(key)).isEqualTo(map.remove(key));
            }
            assertThat(table.get(key)).isEqualTo(map.get(key));
            assertThat(table.size()).isEqualTo(map.size());
        }
    }
}
