package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RingTest {

    @Test
    void weightOneHas4096PositionsInUnsignedOrder() {
        Ring ring = Ring.of(Samples.nodes(2));

        assertThat(ring.size()).isEqualTo(8192);
        for (int i = 1; i < ring.size(); i++) {
            assertThat(Long.compareUnsigned(ring.positionAt(i - 1), ring.positionAt(i)))
                    .isNegative();
        }
    }

    @Test
    void arcsCoverTheCircleWithoutGapOrOverlap() {
        List<RingArc> arcs = Ring.of(Samples.nodes(5)).arcs();

        for (int i = 1; i < arcs.size(); i++) {
            assertThat(arcs.get(i).start()).isEqualTo(arcs.get(i - 1).end() + 1);
            assertThat(arcs.get(i).node()).isNotEqualTo(arcs.get(i - 1).node());
        }
        assertThat(arcs.get(0).start()).isEqualTo(arcs.get(arcs.size() - 1).end() + 1);
    }

    @Test
    void aTaskStandsInAnArcOfItsFirstChoice() {
        Ring ring = Ring.of(Samples.nodes(5));
        List<RingArc> arcs = ring.arcs();
        for (RingTask task : Samples.tasks(500)) {
            long position = Ring.positionOf(task.id());
            RingArc arc = arcs.stream()
                    .filter(a -> Long.compareUnsigned(position - a.start(), a.end() - a.start()) <= 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(arc.node()).isEqualTo(ring.successors(position, 1).get(0));
        }
    }

    @Test
    void sharesAddUpToTheWholeCircle() {
        Ring ring = Ring.of(Samples.nodes(10));
        int sum = ring.nodes().stream()
                .mapToInt(node -> ring.shareMillionths(node.id()))
                .sum();

        assertThat(sum).isBetween(999_990, 1_000_000);
        assertThat(Ring.of(Samples.nodes(1)).shareMillionths("node-0")).isEqualTo(1_000_000);
        assertThat(ring.shareMillionths("unknown")).isZero();
    }

    @Test
    void successorsOfAnEmptyRingAreNone() {
        Ring ring = Ring.of(List.of());

        assertThat(ring.successors(42)).isEmpty();
        assertThat(ring.successors(42, 0)).isEmpty();
        assertThat(ring.arcs()).isEmpty();
    }

    @Test
    void positionsOfOthersDoNotDependOnWhoElseIsThere() {
        Ring alone = Ring.of(Samples.nodes(1));
        Ring crowd = Ring.of(Samples.nodes(20));

        assertThat(positions(crowd)).containsAll(positions(alone));
    }

    @Test
    void aGrowingWeightKeepsTheNodesPositions() {
        Ring light = Ring.of(List.of(RingNode.of("n")));
        Ring heavy = Ring.of(List.of(RingNode.of("n").withWeightMilli(1500)));

        assertThat(heavy.size()).isEqualTo(6144);
        assertThat(positions(heavy)).containsAll(positions(light));
    }

    @Test
    void aSketchShowsSomeOfThePositions() {
        Ring ring = Ring.of(Samples.nodes(3));
        Ring sketch = ring.sketch(50);

        assertThat(sketch.size()).isEqualTo(3 * 81);
        assertThat(positions(ring)).containsAll(positions(sketch));
        assertThat(sketch.nodes()).hasSize(3);
    }

    private static Set<Long> positions(Ring ring) {
        return LongStream.of(ring.positions()).boxed().collect(Collectors.toSet());
    }

    @Test
    void ofEqualPositionsTheSmallerNodeIdComesFirst() {
        NodeSet before = NodeSet.of(List.of(RingNode.of("b")));
        for (String joiner : List.of("a", "c")) {
            NodeSet after = NodeSet.of(List.of(RingNode.of("b"), RingNode.of(joiner)));
            BitSet fresh = new BitSet();
            fresh.set(after.indexOf(joiner));
            long shared = Tokens.of(after, fresh).positions()[7];

            Tokens merged = TokenUpdate.apply(new Tokens(new long[] {shared}, new char[] {0}), before, after);

            assertThat(merged.positions()[7]).isEqualTo(merged.positions()[8]).isEqualTo(shared);
            assertThat(merged.nodes()[7]).isEqualTo((char) 0);
            assertThat(merged.nodes()[8]).isEqualTo((char) 1);
        }
    }

    @Test
    void sortIsStableAndUnsigned() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 50; round++) {
            long[] keys = random.longs(random.nextInt(300), -5, 5).toArray();
            int[] order = new int[keys.length];
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            PositionSort.sort(keys, order);
            for (int i = 1; i < keys.length; i++) {
                int compared = Long.compareUnsigned(keys[i - 1], keys[i]);
                assertThat(compared < 0 || (compared == 0 && order[i - 1] < order[i]))
                        .isTrue();
            }
        }
    }

    @Test
    void theIndexFindsWhatABinarySearchFindsAlsoWhereAllPositionsCrowd() {
        SplittableRandom random = new SplittableRandom(4);
        for (long spread : new long[] {10, 1L << 40, Long.MAX_VALUE}) {
            long[] keys = random.longs(1000, -spread, spread).toArray();
            PositionSort.sort(keys, new int[keys.length]);
            PositionIndex index = new PositionIndex(keys);
            for (int i = 0; i < 1000; i++) {
                long position = i % 2 == 0 ? random.nextLong() : keys[random.nextInt(keys.length)];
                assertThat(index.lowerBound(position)).isEqualTo(PositionSort.lowerBound(keys, position));
            }
        }
    }
}
