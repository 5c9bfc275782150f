package io.rota.membership.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Takes numbers and texts from an array. Mutable, confined to one thread. Every length is checked against its bound and against what is left before
 * anything is allocated; what does not fit throws {@link Malformed}, which never leaves this package.
 */
final class WireReader {

    private final ByteBuffer bytes;

    WireReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int byte1() {
        need(1);
        return bytes.get() & 0xFF;
    }

    /** One byte that must be less than the bound. */
    int choice(int bound) {
        int value = byte1();
        if (value >= bound) {
            throw new Malformed();
        }
        return value;
    }

    long long8() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = byte1();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new Malformed();
    }

    int number(int limit) {
        long value = number();
        if (value < 0 || value > limit) {
            throw new Malformed();
        }
        return (int) value;
    }

    /** A count of things of which each takes at least so many bytes of what is left. */
    int count(int limit, int leastBytesEach) {
        int count = number(limit);
        need(count * leastBytesEach);
        return count;
    }

    String text(int limitBytes) {
        int length = number(limitBytes);
        need(length);
        ByteBuffer utf8 = bytes.slice().limit(length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed();
        }
    }

    InetSocketAddress address() {
        int length = byte1();
        if (length != 4 && length != 16) {
            throw new Malformed();
        }
        need(length + 2);
        byte[] ip = new byte[length];
        bytes.get(ip);
        int port = (byte1() << 8) | byte1();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            throw new Malformed();
        }
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new Malformed();
        }
    }

    private void need(int count) {
        if (count > bytes.remaining()) {
            throw new Malformed();
        }
    }

    /** Not what it should be. Carries no trace, since an enemy could ask for many. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed() {
            super("malformed", null, false, false);
        }
    }
}
