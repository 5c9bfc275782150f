package io.rota.membership.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;

/** One accepted connection: one request in, its answer out, closed. Confined to the protocol thread. */
final class InboundStream implements Connection {

    private final long id;
    private final SocketChannel channel;
    private final InetSocketAddress from;
    private final Frames frames;
    private final SelectionKey key;
    private final Streams streams;
    private final long deadlineNanos;

    InboundStream(long id, SocketChannel channel, SelectionKey key, Streams streams, long deadlineNanos)
            throws IOException {
        this.id = id;
        this.channel = channel;
        this.from = (InetSocketAddress) channel.getRemoteAddress();
        this.frames = new Frames(channel);
        this.key = key;
        this.streams = streams;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public void ready() {
        try {
            if (key.isReadable()) {
                Optional<byte[]> request = frames.read();
                if (request.isPresent()) {
                    key.interestOps(0);
                    if (!streams.receiver().request(id, from, request.get())) {
                        close();
                    }
                }
            } else if (key.isWritable() && frames.write()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    void answer(List<byte[]> sealed) {
        frames.enqueue(sealed);
        try {
            if (frames.write()) {
                close();
            } else {
                key.interestOps(SelectionKey.OP_WRITE);
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void expire(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            close();
        }
    }

    @Override
    public void close() {
        key.cancel();
        Quietly.close(channel);
        streams.forget(id);
    }
}
