package io.rota.membership.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept under a number, for numbers that come and go: no boxes, no nodes. Confined to the protocol thread. Open addressing with linear steps;
 * what is removed closes its gap. Never walked, so that no order of it reaches a decision.
 */
final class LongTable<V> {

    private static final int LEAST_SLOTS = 16;

    private long[] keys = new long[LEAST_SLOTS];
    private @Nullable Object[] values = new Object[LEAST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    V get(long key) {
        return valueAt(slotOf(key));
    }

    void put(long key, V value) {
        Objects.requireNonNull(value, "value");
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int slot = slotOf(key);
        size += values[slot] == null ? 1 : 0;
        keys[slot] = key;
        values[slot] = value;
    }

    @Nullable
    V remove(long key) {
        int slot = slotOf(key);
        V removed = valueAt(slot);
        if (removed == null) {
            return null;
        }
        values[slot] = null;
        size--;
        closeGap(slot);
        return removed;
    }

    /** What stands behind the gap moves up if it was pushed there. */
    private void closeGap(int from) {
        int gap = from;
        int slot = next(gap);
        while (values[slot] != null) {
            int home = homeOf(keys[slot]);
            boolean between = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
            if (!between) {
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                values[slot] = null;
                gap = slot;
            }
            slot = next(slot);
        }
    }

    private int slotOf(long key) {
        int slot = homeOf(key);
        while (values[slot] != null && keys[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    private int homeOf(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (keys.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (keys.length - 1);
    }

    @SuppressWarnings("unchecked") // only put writes, and it takes nothing but V
    private @Nullable V valueAt(int slot) {
        return (V) values[slot];
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
