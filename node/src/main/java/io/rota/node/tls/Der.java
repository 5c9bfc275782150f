package io.rota.node.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** The few values of DER (ITU-T X.690) that a certificate is made of. Stateless. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private static final int CONSTRUCTED_CONTEXT = 0xA0;
    private static final int SHORT_LENGTH_LIMIT = 0x80;

    private Der() {}

    /** One value: tag, length, and these contents one after the other. */
    static byte[] value(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        var out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < SHORT_LENGTH_LIMIT) {
            out.write(length);
        } else {
            byte[] digits = unsigned(BigInteger.valueOf(length));
            out.write(SHORT_LENGTH_LIMIT | digits.length);
            out.writeBytes(digits);
        }
        for (byte[] content : contents) {
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... contents) {
        return value(SEQUENCE, contents);
    }

    /** A field of a sequence that is told by its number, explicitly tagged. */
    static byte[] numbered(int number, byte[] content) {
        return value(CONSTRUCTED_CONTEXT | number, content);
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** A whole number of bytes. */
    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, new byte[] {0}, bytes);
    }

    /** An identifier, written "1.2.840...". */
    static byte[] identifier(String dotted) {
        var arcs = dotted.split("\\.", -1);
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                base128(new BigInteger(arcs[0]).multiply(BigInteger.valueOf(40)).add(new BigInteger(arcs[1]))));
        for (int i = 2; i < arcs.length; i++) {
            out.writeBytes(base128(new BigInteger(arcs[i])));
        }
        return value(OBJECT_IDENTIFIER, out.toByteArray());
    }

    /** Seven bits a byte, most significant first, the high bit set in all but the last. */
    private static byte[] base128(BigInteger number) {
        int count = Math.max(1, (number.bitLength() + 6) / 7);
        var bytes = ByteBuffer.allocate(count);
        for (int i = count - 1; i >= 0; i--) {
            int digit = number.shiftRight(7 * i).intValue() & 0x7F;
            bytes.put((byte) (i > 0 ? digit | 0x80 : digit));
        }
        return bytes.array();
    }

    private static byte[] unsigned(BigInteger positive) {
        byte[] bytes = positive.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
