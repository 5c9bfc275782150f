package io.rota.membership.net;

import io.rota.membership.wire.SealedPackets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/**
 * Frames on one TCP connection: four bytes of length, then so many bytes. Confined to the protocol thread. A length beyond the limit ends the
 * connection before anything is allocated for it; at most one frame is read at a time.
 */
final class Frames {

    private final ByteChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
    private ByteBuffer body = ByteBuffer.allocate(0);
    private boolean inBody;
    private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();

    Frames(ByteChannel channel) {
        this.channel = channel;
    }

    void enqueue(Collection<byte[]> frames) {
        for (byte[] frame : frames) {
            outgoing.add(ByteBuffer.allocate(Integer.BYTES + frame.length)
                    .putInt(frame.length)
                    .put(frame)
                    .flip());
        }
    }

    /** True when all is out. */
    boolean write() throws IOException {
        ByteBuffer next = outgoing.peek();
        while (next != null) {
            channel.write(next);
            if (next.hasRemaining()) {
                return false;
            }
            outgoing.remove();
            next = outgoing.peek();
        }
        return true;
    }

    /** A whole frame, or empty when more must come; end of stream or a bad length throws. */
    Optional<byte[]> read() throws IOException {
        if (!inBody) {
            fill(head);
            if (head.hasRemaining()) {
                return Optional.empty();
            }
            int length = head.flip().getInt();
            head.clear();
            if (length < 1 || length > SealedPackets.FRAME_LIMIT_BYTES) {
                throw new EndOfFrames("bad frame length");
            }
            body = ByteBuffer.allocate(length);
            inBody = true;
        }
        fill(body);
        if (body.hasRemaining()) {
            return Optional.empty();
        }
        inBody = false;
        return Optional.of(body.array());
    }

    private void fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int got = channel.read(target);
            if (got < 0) {
                throw new EndOfFrames("closed by the other side");
            }
            if (got == 0) {
                return;
            }
        }
    }

    /** No more frames will come, in good order or not; unlike a broken connection. */
    static final class EndOfFrames extends IOException {

        private static final long serialVersionUID = 1L;

        EndOfFrames(String message) {
            super(message);
        }
    }
}
