package io.rota.hashing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Two different 16-letter ids with one XXH64, found by running its last step backwards: the second half of an id can make up
 * for any first half. One first half in 256 leaves a second half of ASCII letters only.
 */
final class CollidingIds {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private CollidingIds() {}

    static String[] pair() {
        long firstHalf = lane("collides");
        long secondHalf = lane("with me!");
        long state = afterFirst(firstHalf);
        for (int i = 0; ; i++) {
            String other = String.format("try%05d", i);
            long needed = state ^ afterFirst(lane(other)) ^ round(secondHalf);
            long half = Long.rotateRight(needed * inverse(P1), 31) * inverse(P2);
            if ((half & 0x8080808080808080L) == 0) {
                return new String[] {"collideswith me!", other + text(half)};
            }
        }
    }

    private static long afterFirst(long half) {
        return Long.rotateLeft((P5 + 16) ^ round(half), 27) * P1 + P4;
    }

    private static long round(long half) {
        return Long.rotateLeft(half * P2, 31) * P1;
    }

    /** Inverse of an odd number modulo 2^64, after Newton. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    private static long lane(String eightLetters) {
        return ByteBuffer.wrap(eightLetters.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private static String text(long half) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(half)
                .array();
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
