package io.rota.membership.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Remembers the names that packets bear, so that the same few senders do not cost a new string with each packet. Mutable, confined to one thread,
 * bounded: where all places of a name are taken, it takes another one's.
 */
final class Names {

    private static final int SLOTS = 8192;
    private static final int TRIED = 4;

    private final String[] held = new String[SLOTS];

    Names() {
        Arrays.fill(held, "");
    }

    /** The name that stands there in ASCII. */
    String ascii(byte[] bytes, int from, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[from + i];
        }
        int home = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        int free = home;
        for (int i = 0; i < TRIED; i++) {
            int slot = (home + i) & (SLOTS - 1);
            if (isSame(held[slot], bytes, from, length)) {
                return held[slot];
            }
            free = held[slot].isEmpty() ? slot : free;
        }
        held[free] = new String(bytes, from, length, StandardCharsets.US_ASCII);
        return held[free];
    }

    private static boolean isSame(String name, byte[] bytes, int from, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
