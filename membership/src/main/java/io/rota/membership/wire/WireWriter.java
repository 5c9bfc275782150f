package io.rota.membership.wire;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends numbers and texts to a growing array. Mutable, confined to one thread. Unsigned numbers take 7 bits a byte, low bits first. */
final class WireWriter {

    private byte[] bytes;
    private int size;

    WireWriter(int expectedBytes) {
        this.bytes = new byte[expectedBytes];
    }

    /** Begins anew in the same array. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The array itself; what was written stands at its begin. */
    byte[] buffer() {
        return bytes;
    }

    void byte1(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void int4(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void long8(long value) {
        int4((int) (value >>> 32));
        int4((int) value);
    }

    /** A number that is mostly small and never negative; a negative one takes ten bytes. */
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            byte1((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        byte1((int) rest);
    }

    void text(String text) {
        int length = text.length();
        if (!isAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            raw(utf8);
            return;
        }
        number(length);
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void address(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        byte1(ip.length);
        raw(ip);
        byte1(address.getPort() >>> 8);
        byte1(address.getPort());
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
