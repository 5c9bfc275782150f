package io.rota.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/** All that stand in the table. */
final class Schemes {
    private Schemes() {}

    static List<Scheme> all() {
        return List.of(
                new RotaRing(),
                new PlainRing(),
                new AllgoodRing(),
                new Rendezvous(),
                new AnchorBuckets(),
                BucketNumbers.hash4jJumpBack(),
                BucketNumbers.guavaJump());
    }

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
