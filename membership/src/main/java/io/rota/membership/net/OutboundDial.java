package io.rota.membership.net;

import io.rota.membership.protocol.DialOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dial: connect, one request out, replies in until the other side closes. Confined to the protocol thread. Ends exactly once. */
final class OutboundDial implements Connection {

    private final long id;
    private final SocketChannel channel;
    private final Frames frames;
    private final SelectionKey key;
    private final Streams streams;
    private final long deadlineNanos;
    private boolean answered;
    private boolean over;

    private OutboundDial(long id, SocketChannel channel, SelectionKey key, Streams streams, long deadlineNanos) {
        this.id = id;
        this.channel = channel;
        this.frames = new Frames(channel);
        this.key = key;
        this.streams = streams;
        this.deadlineNanos = deadlineNanos;
    }

    /** A dial under way; empty when it ended at once, which the receiver has been told. */
    static Optional<OutboundDial> begin(long id, InetSocketAddress to, byte[] sealed, Streams streams) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean connected = channel.connect(to);
            SelectionKey key =
                    channel.register(streams.selector(), connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
            OutboundDial dial = new OutboundDial(id, channel, key, streams, streams.newDeadline());
            key.attach(dial);
            dial.frames.enqueue(List.of(sealed));
            return Optional.of(dial);
        } catch (UnsupportedAddressTypeException e) {
            return endAtOnce(id, channel, DialOutcome.UNREACHABLE, streams);
        } catch (IOException e) {
            return endAtOnce(id, channel, outcomeOf(e), streams);
        }
    }

    private static Optional<OutboundDial> endAtOnce(
            long id, @Nullable SocketChannel channel, DialOutcome outcome, Streams streams) {
        if (channel != null) {
            Quietly.close(channel);
        }
        streams.receiver().ended(id, outcome);
        return Optional.empty();
    }

    @Override
    public void ready() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_WRITE);
            }
            if (key.isWritable() && frames.write()) {
                key.interestOps(SelectionKey.OP_READ);
            }
            while (!over && key.isReadable()) {
                Optional<byte[]> reply = frames.read();
                if (reply.isEmpty()) {
                    return;
                }
                take(reply.get());
            }
        } catch (Frames.EndOfFrames e) {
            end(answered ? DialOutcome.ANSWERED : DialOutcome.CLOSED);
        } catch (IOException e) {
            end(answered ? DialOutcome.ANSWERED : outcomeOf(e));
        }
    }

    @Override
    public void expire(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            end(DialOutcome.TIMED_OUT);
        }
    }

    @Override
    public void close() {
        end(DialOutcome.UNREACHABLE);
    }

    private void take(byte[] reply) {
        if (streams.receiver().reply(id, reply)) {
            answered = true;
        } else {
            end(DialOutcome.UNREADABLE);
        }
    }

    private void end(DialOutcome outcome) {
        if (!over) {
            over = true;
            key.cancel();
            Quietly.close(channel);
            streams.forget(this);
            streams.receiver().ended(id, outcome);
        }
    }

    private static DialOutcome outcomeOf(IOException e) {
        boolean refused = e instanceof ConnectException
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
        return refused ? DialOutcome.REFUSED : DialOutcome.UNREACHABLE;
    }
}
