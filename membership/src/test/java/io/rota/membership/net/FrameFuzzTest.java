package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes on a TCP connection that has said nothing about itself yet, in pieces of any size. */
class FrameFuzzTest {

    private static final long LIMIT_BYTES = 64 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Whole frames come out, or an end; each costs no more than its bound, and a length that lies costs nothing. */
    @MethodSource("io.rota.membership.fuzz.WireSeeds#streams")
    @FuzzTest
    void anyBytesAreFramesOrAnEnd(byte[] input) {
        Frames frames = new Frames(new Pieces(input));
        int taken = 0;
        long most = 0;

        try {
            for (int i = 0; i <= input.length; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                Optional<byte[]> frame = frames.read();
                most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
                taken += frame.map(body -> Integer.BYTES + body.length).orElse(0);
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(Frames.EndOfFrames.class);
        }

        assertThat(most).isLessThanOrEqualTo(LIMIT_BYTES);
        assertThat(taken).isLessThanOrEqualTo(input.length);
    }

    /** Gives out the bytes in pieces whose sizes the bytes themselves decide, then the end. */
    private static final class Pieces implements ByteChannel {

        private final ByteBuffer rest;
        private boolean pause;

        private Pieces(byte[] bytes) {
            this.rest = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!rest.hasRemaining()) {
                return -1;
            }
            pause = !pause;
            if (pause) {
                return 0;
            }
            int piece = 1 + (rest.get(rest.position()) & 0x3F) * 16;
            int count = Math.min(Math.min(piece, rest.remaining()), target.remaining());
            for (int i = 0; i < count; i++) {
                target.put(rest.get());
            }
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException("nobody writes here");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
