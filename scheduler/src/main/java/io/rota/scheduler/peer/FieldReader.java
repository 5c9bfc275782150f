package io.rota.scheduler.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what {@link FieldWriter} wrote. Every length is checked against what is left before anything is allocated;
 * anything else throws {@link MalformedMessageException}. Confined to one thread.
 */
final class FieldReader {
    private static final int MAX_ELEMENTS = 100_000;

    private final ByteBuffer in;

    FieldReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    int takeByte() {
        need(1);
        return in.get();
    }

    boolean takeFlag() {
        return takeByte() != 0;
    }

    int takeInt() {
        need(Integer.BYTES);
        return in.getInt();
    }

    long takeLong() {
        need(Long.BYTES);
        return in.getLong();
    }

    String takeText() {
        int length = takeInt();
        need(length);
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    <E extends Enum<E>> E takeEnum(Class<E> type) {
        var name = takeText();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("unknown " + type.getSimpleName() + " " + name);
        }
    }

    <T> List<T> takeAll(Function<FieldReader, T> element) {
        int count = takeInt();
        if (count < 0 || count > MAX_ELEMENTS || count > in.remaining()) {
            throw new MalformedMessageException("a list of " + count + " elements");
        }
        var list = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            list.add(element.apply(this));
        }
        return list;
    }

    void expectEnd() {
        if (in.hasRemaining()) {
            throw new MalformedMessageException(in.remaining() + " bytes after the end");
        }
    }

    private void need(int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new MalformedMessageException("cut short: " + bytes + " bytes wanted, " + in.remaining() + " left");
        }
    }
}
