package io.rota.hashing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * XXH64, the 64-bit xxHash, written out so that each node of each version computes the same positions. Promises the
 * published values bit for bit (known-answer vectors in the tests) and no allocation for longs and for ASCII text of up to 31 characters.
 * Refuses nothing; it is no cryptographic hash. Source: the xxHash specification, "XXH64 algorithm description".
 */
public final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private XxHash64() {}

    /** Hash of the UTF-8 form of the text, seed 0. */
    public static long hash(String text) {
        int length = text.length();
        return length < 32 && isAscii(text, length) ? shortAscii(text, length) : hash(utf8(text), 0L);
    }

    /** Hash of the eight little-endian bytes of the value. */
    public static long hash(long value, long seed) {
        return avalanche(lane(seed + P5 + 8, value));
    }

    /** Hash of all the bytes. */
    public static long hash(byte[] bytes, long seed) {
        int at = 0;
        long hash = seed + P5;
        if (bytes.length >= 32) {
            at = bytes.length & ~31;
            hash = stripes(bytes, at, seed);
        }
        hash += bytes.length;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = lane(hash, (long) LONG.get(bytes, at));
        }
        if (at + 4 <= bytes.length) {
            hash = halfLane(hash, (int) INT.get(bytes, at));
            at += 4;
        }
        for (; at < bytes.length; at++) {
            hash = single(hash, bytes[at]);
        }
        return avalanche(hash);
    }

    private static long stripes(byte[] bytes, int end, long seed) {
        long a = seed + P1 + P2;
        long b = seed + P2;
        long c = seed;
        long d = seed - P1;
        for (int at = 0; at < end; at += 32) {
            a = round(a, (long) LONG.get(bytes, at));
            b = round(b, (long) LONG.get(bytes, at + 8));
            c = round(c, (long) LONG.get(bytes, at + 16));
            d = round(d, (long) LONG.get(bytes, at + 24));
        }
        long hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(hash, a), b), c), d);
    }

    /** The same hash read straight from the characters, for names shorter than one stripe. */
    private static long shortAscii(String text, int length) {
        int at = 0;
        long hash = P5 + length;
        for (; at + 8 <= length; at += 8) {
            hash = lane(hash, fourChars(text, at) | (fourChars(text, at + 4) << 32));
        }
        if (at + 4 <= length) {
            hash = halfLane(hash, (int) fourChars(text, at));
            at += 4;
        }
        for (; at < length; at++) {
            hash = single(hash, (byte) text.charAt(at));
        }
        return avalanche(hash);
    }

    private static long fourChars(String text, int at) {
        return text.charAt(at)
                | ((long) text.charAt(at + 1) << 8)
                | ((long) text.charAt(at + 2) << 16)
                | ((long) text.charAt(at + 3) << 24);
    }

    private static boolean isAscii(String text, int length) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= text.charAt(i);
        }
        return all < 0x80;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }

    private static long lane(long hash, long input) {
        return Long.rotateLeft(hash ^ round(0, input), 27) * P1 + P4;
    }

    private static long halfLane(long hash, int input) {
        return Long.rotateLeft(hash ^ ((input & 0xFFFFFFFFL) * P1), 23) * P2 + P3;
    }

    private static long single(long hash, byte input) {
        return Long.rotateLeft(hash ^ ((input & 0xFFL) * P5), 11) * P1;
    }

    private static long avalanche(long hash) {
        long h = (hash ^ (hash >>> 33)) * P2;
        h = (h ^ (h >>> 29)) * P3;
        return h ^ (h >>> 32);
    }
}
