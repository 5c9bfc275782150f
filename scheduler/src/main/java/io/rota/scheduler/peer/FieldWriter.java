package io.rota.scheduler.peer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;

/** Writes fields one after the other, big-endian, strings as length and UTF-8. Confined to one thread. */
final class FieldWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Writes what may fail only in theory, since the bytes go to memory. */
    private interface Write {
        void run() throws IOException;
    }

    private FieldWriter write(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FieldWriter putByte(int value) {
        return write(() -> out.writeByte(value));
    }

    FieldWriter putFlag(boolean value) {
        return write(() -> out.writeBoolean(value));
    }

    FieldWriter putInt(int value) {
        return write(() -> out.writeInt(value));
    }

    FieldWriter putLong(long value) {
        return write(() -> out.writeLong(value));
    }

    FieldWriter putText(String value) {
        return write(() -> {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        });
    }

    <T> FieldWriter putAll(Collection<T> values, BiConsumer<FieldWriter, T> element) {
        putInt(values.size());
        values.forEach(value -> element.accept(this, value));
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
