package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** First choices follow the arcs, arcs follow the weights, and both follow what an unrelated hash would give. */
final class UniformityTest {
    /** Chance of a false alarm over the whole test, shared out over its trials after Sidak. */
    private static final int TRIALS = 20;

    /** Standard normal quantile for 1 - (1 - (1 - 0.001)^(1/20)). */
    private static final double QUANTILE = 3.89;

    @Test
    void firstChoicesFollowTheArcs() {
        int n = 20;
        int tasks = 20_000;
        Ring ring = Ring.of(Samples.nodes(n));
        for (int trial = 0; trial < TRIALS; trial++) {
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < tasks; i++) {
                long position = Ring.positionOf("trial-" + trial + "-task-" + i);
                counts.merge(ring.successors(position, 1).get(0), 1, Integer::sum);
            }
            double chiSquare = 0;
            for (RingNode node : ring.nodes()) {
                double expected = tasks * (ring.shareMillionths(node.id()) / 1e6);
                double difference = counts.getOrDefault(node.id(), 0) - expected;
                chiSquare += difference * difference / expected;
            }
            assertThat(chiSquare).isLessThan(chiSquareQuantile(n - 1));
        }
    }

    @Test
    void arcsFollowTheWeights() {
        for (int sample = 0; sample < 20; sample++) {
            String name = "sample-" + sample;
            Ring ring = Ring.of(List.of(
                    RingNode.of(name + "-1"),
                    RingNode.of(name + "-2").withWeightMilli(2000),
                    RingNode.of(name + "-4").withWeightMilli(4000)));

            assertThat(ring.shareMillionths(name + "-1")).isBetween(128_000, 158_000);
            assertThat(ring.shareMillionths(name + "-2")).isBetween(262_000, 310_000);
            assertThat(ring.shareMillionths(name + "-4")).isBetween(540_000, 603_000);
        }
    }

    @Test
    void lowAndHighBitsOfPositionsAreIndependentEnoughForTokenParts() {
        Ring ring = Ring.of(Samples.nodes(50));
        int[] quarters = new int[16];
        for (long position : ring.positions()) {
            quarters[(int) (position >>> 62) * 4 + (int) (position >>> 14 & 3)]++;
        }
        double expected = ring.size() / 16.0;
        double chiSquare = 0;
        for (int count : quarters) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        assertThat(chiSquare).isLessThan(chiSquareQuantile(15));
    }

    @Test
    void tokenPositionsAreThoseOfHash4j() {
        RingNode node = RingNode.of("node-1").withWeightMilli(10);
        NodeSet nodes = NodeSet.of(List.of(node));
        long seed = Hashing.xxh64().hashBytesToLong("node-1".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < node.tokenCount(); i++) {
            byte[] index = {(byte) i, 0, 0, 0, 0, 0, 0, 0};
            assertThat(nodes.tokenPosition(0, i)).isEqualTo(Hashing.xxh64(seed).hashBytesToLong(index));
        }
    }

    /** Wilson and Hilferty 1931. */
    private static double chiSquareQuantile(int degrees) {
        double a = 2.0 / (9 * degrees);
        double root = 1 - a + QUANTILE * Math.sqrt(a);
        return degrees * root * root * root;
    }
}
