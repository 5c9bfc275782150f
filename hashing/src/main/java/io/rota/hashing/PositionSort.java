package io.rota.hashing;

/**
 * Sorts positions as unsigned numbers together with one int each, stably: least significant byte first, eight passes.
 * Takes the same time for any input, so that nobody can choose ids that make it slow. Stateless.
 */
final class PositionSort {
    private PositionSort() {}

    /** Sorts both arrays in place by the keys; equal keys keep the order they came in. */
    static void sort(long[] keys, int[] payload) {
        if (isSorted(keys)) {
            return;
        }
        long[] fromKeys = keys;
        int[] fromPayload = payload;
        long[] toKeys = new long[keys.length];
        int[] toPayload = new int[keys.length];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            pass(fromKeys, fromPayload, toKeys, toPayload, shift);
            long[] k = fromKeys;
            int[] p = fromPayload;
            fromKeys = toKeys;
            fromPayload = toPayload;
            toKeys = k;
            toPayload = p;
        }
    }

    private static void pass(long[] fromKeys, int[] fromPayload, long[] toKeys, int[] toPayload, int shift) {
        int[] next = new int[257];
        for (long key : fromKeys) {
            next[(int) ((key >>> shift) & 0xFF) + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        for (int i = 0; i < fromKeys.length; i++) {
            int to = next[(int) ((fromKeys[i] >>> shift) & 0xFF)]++;
            toKeys[to] = fromKeys[i];
            toPayload[to] = fromPayload[i];
        }
    }

    private static boolean isSorted(long[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (Long.compareUnsigned(keys[i - 1], keys[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Index of the first key that is not below the position, or the length. */
    static int lowerBound(long[] keys, long position) {
        return lowerBound(keys, position, 0, keys.length);
    }

    static int lowerBound(long[] keys, long position, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(keys[middle], position) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
