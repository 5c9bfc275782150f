package io.rota.hashing;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One tier's tasks poured over uneven ground: everywhere under the surface the same level. Depths and ground in 2^-32 tasks
 * per thousandth of weight; the sums stay below 2^58 for the most tasks and weights that are allowed. Immutable.
 */
final class Pouring {
    private final int[] members;
    private final long[] weights;
    private final long[] depths;
    private final long surface;

    private Pouring(int[] members, long[] weights, long[] depths, long surface) {
        this.members = members;
        this.weights = weights;
        this.depths = depths;
        this.surface = surface;
    }

    static Pouring of(long tasks, int[] members, long[] weights, long[] ground) {
        long surface = surface(tasks, weights, ground);
        long[] depths = new long[members.length];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = Math.max(0, surface - ground[i]);
        }
        return new Pouring(members, weights, depths, surface);
    }

    /** Adds the poured tasks, in 2^-16 tasks, to the loads of the nodes, or takes them away again. */
    void addTo(long[] loads, int sign) {
        for (int i = 0; i < members.length; i++) {
            loads[members[i]] += sign * ((depths[i] * weights[i]) >>> 16);
        }
    }

    /** The level that the tasks reach. */
    long surface() {
        return surface;
    }

    /** The nodes that the tasks reach, at least one where there are tasks. */
    BitSet wet() {
        BitSet wet = new BitSet();
        for (int i = 0; i < members.length; i++) {
            wet.set(members[i], depths[i] > 0);
        }
        return wet;
    }

    /** For each node the depth as a part of the greatest depth, in 65,536ths. */
    int[] parts(int nodes) {
        long deepest = Arrays.stream(depths).max().orElse(0);
        int[] parts = new int[nodes];
        for (int i = 0; i < members.length; i++) {
            parts[members[i]] = part(depths[i], deepest);
        }
        return parts;
    }

    private static int part(long depth, long deepest) {
        if (depth == deepest) {
            return Tier.WHOLE;
        }
        return (int) (deepest < 1L << 46 ? (depth << 16) / deepest : depth / (deepest >>> 16));
    }

    /** The level up to which the tasks fill the nodes. */
    private static long surface(long tasks, long[] weights, long[] ground) {
        long[] keys = ground.clone();
        int[] byGround = new int[keys.length];
        Arrays.setAll(byGround, i -> i);
        PositionSort.sort(keys, byGround);
        long volume = tasks << 32;
        long width = 0;
        long surface = 0;
        for (int i = 0; i < byGround.length; i++) {
            if (i > 0 && surface <= keys[i]) {
                break;
            }
            volume += keys[i] * weights[byGround[i]];
            width += weights[byGround[i]];
            surface = volume / width;
        }
        return surface;
    }
}
