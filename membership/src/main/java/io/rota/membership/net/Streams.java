package io.rota.membership.net;

import io.rota.membership.protocol.DialOutcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** All TCP connections. Confined to the protocol thread. At most {@link #INBOUND_LIMIT} are served at once; one more is closed at once. */
final class Streams {

    private static final int INBOUND_LIMIT = 128;
    private static final long TIME_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Receiver receiver;
    private final Counters counters;
    private final Map<Long, InboundStream> inbound = new HashMap<>();
    private final Set<OutboundDial> outbound = new HashSet<>();
    private long nextId;

    Streams(ServerSocketChannel server, Selector selector, Receiver receiver, Counters counters) {
        this.server = server;
        this.selector = selector;
        this.receiver = receiver;
        this.counters = counters;
    }

    Receiver receiver() {
        return receiver;
    }

    void acceptAll() {
        try {
            SocketChannel channel = server.accept();
            while (channel != null) {
                accept(channel);
                channel = server.accept();
            }
        } catch (IOException e) {
            counters.count("accept.failed");
        }
    }

    Selector selector() {
        return selector;
    }

    long newDeadline() {
        return System.nanoTime() + TIME_LIMIT_NANOS;
    }

    void dial(long id, InetSocketAddress to, byte[] sealed) {
        counters.count("dials");
        OutboundDial.begin(id, to, sealed, this).ifPresent(outbound::add);
    }

    void answer(long id, List<byte[]> sealed) {
        InboundStream stream = inbound.get(id);
        if (stream != null) {
            stream.answer(sealed);
        }
    }

    void expire(long nowNanos) {
        for (Connection connection : all()) {
            connection.expire(nowNanos);
        }
    }

    boolean isIdle() {
        return inbound.isEmpty() && outbound.isEmpty();
    }

    void close() {
        all().forEach(Connection::close);
    }

    void forget(long inboundId) {
        inbound.remove(inboundId);
    }

    void forget(OutboundDial dial) {
        outbound.remove(dial);
    }

    private List<Connection> all() {
        List<Connection> all = new ArrayList<>(inbound.values());
        all.addAll(outbound);
        return all;
    }

    private void accept(SocketChannel channel) {
        try {
            if (inbound.size() >= INBOUND_LIMIT) {
                counters.count("dropped.overflow");
                channel.close();
                return;
            }
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            long id = nextId++;
            InboundStream stream = new InboundStream(id, channel, key, this, newDeadline());
            key.attach(stream);
            inbound.put(id, stream);
        } catch (IOException e) {
            Quietly.close(channel);
        }
    }

    /** Who takes what comes by stream. */
    interface Receiver {

        /** False when it cannot be opened; the connection is then closed without a word. */
        boolean request(long streamId, InetSocketAddress from, byte[] sealed);

        /** False when it cannot be opened. */
        boolean reply(long dialId, byte[] sealed);

        void ended(long dialId, DialOutcome outcome);
    }
}
