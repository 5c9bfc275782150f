package io.rota.membership.wire;

import io.rota.membership.protocol.Footprint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes numbers and texts from an array. Mutable, confined to one thread. Every length is checked against its bound and against what is left before
 * anything is allocated, and what is read is charged to one account; what does not fit throws {@link Malformed} or {@link TooLarge}, which never leave
 * this package.
 */
final class WireReader {

    private final Names names;
    private byte[] bytes = new byte[0];
    private int end;
    private int position;
    private int footprintBytes;

    WireReader(Names names) {
        this.names = names;
    }

    /** Begins anew with the first so many of these bytes. */
    void begin(byte[] next, int length) {
        bytes = next;
        end = length;
        position = 0;
        footprintBytes = Footprint.PACKET_BYTES;
    }

    /** So much is about to be allocated for what comes next; {@link TooLarge} where it would be more than a packet may cost. */
    void charge(int allocatedBytes) {
        footprintBytes += allocatedBytes;
        if (footprintBytes > Footprint.LIMIT_BYTES) {
            throw new TooLarge();
        }
    }

    int byte1() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    /** One byte that must be less than the bound. */
    int choice(int bound) {
        int value = byte1();
        if (value >= bound) {
            throw new Malformed();
        }
        return value;
    }

    int int4() {
        need(Integer.BYTES);
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    long long8() {
        return ((long) int4() << 32) | (int4() & 0xFFFF_FFFFL);
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

    long number(long limit) {
        long value = number();
        if (value < 0 || value > limit) {
            throw new Malformed();
        }
        return value;
    }

    int number(int limit) {
        return (int) number((long) limit);
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
        int from = position;
        position += length;
        if (length == 0) {
            return "";
        }
        boolean ascii = isAscii(from, length);
        charge(Footprint.ofText(length, ascii));
        if (ascii) {
            return new String(bytes, from, length, StandardCharsets.US_ASCII);
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(again, 0, again.length, bytes, from, from + length)) {
            throw new Malformed();
        }
        return text;
    }

    /** A text that comes again and again. */
    String name(int limitBytes) {
        int before = position;
        int length = number(limitBytes);
        need(length);
        if (length == 0 || !isAscii(position, length)) {
            position = before;
            return text(limitBytes);
        }
        position += length;
        charge(Footprint.ofText(length, true));
        return names.ascii(bytes, position - length, length);
    }

    InetSocketAddress address() {
        int length = byte1();
        if (length != 4 && length != 16) {
            throw new Malformed();
        }
        need(length + 2);
        byte[] ip = new byte[length];
        System.arraycopy(bytes, position, ip, 0, length);
        position += length;
        int port = (byte1() << 8) | byte1();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), port);
        } catch (UnknownHostException e) {
            throw new Malformed();
        }
    }

    void end() {
        if (position < end) {
            throw new Malformed();
        }
    }

    private boolean isAscii(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private void need(int count) {
        if (count > end - position) {
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

    /** More than a packet may cost. No trace, likewise. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("too large", null, false, false);
        }
    }
}
