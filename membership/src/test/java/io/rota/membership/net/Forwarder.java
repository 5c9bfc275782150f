package io.rota.membership.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A port that is forwarded, as a router or a container host does it: what comes to the outer port, UDP and TCP, goes to the inner one, each sender through
 * a socket of its own, and answers go back the same way. One thread.
 */
final class Forwarder implements AutoCloseable {

    private final Selector selector = Selector.open();
    private final InetSocketAddress inner;
    private final DatagramChannel outer = DatagramChannel.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Map<InetSocketAddress, DatagramChannel> bySender = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final AtomicLong datagrams = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Thread thread = new Thread(this::run, "forwarder");
    private volatile boolean running = true;

    Forwarder(int outerPort, int innerPort) throws IOException {
        this.inner = new InetSocketAddress(LoopbackNodes.LOOPBACK, innerPort);
        InetSocketAddress outside = new InetSocketAddress(LoopbackNodes.LOOPBACK, outerPort);
        outer.bind(outside).configureBlocking(false);
        server.bind(outside).configureBlocking(false);
        Runnable datagram = this::datagramIn;
        Runnable connection = this::connect;
        outer.register(selector, SelectionKey.OP_READ, datagram);
        server.register(selector, SelectionKey.OP_ACCEPT, connection);
        thread.start();
    }

    /** How many datagrams came in from outside. */
    long datagrams() {
        return datagrams.get();
    }

    /** How many connections came in from outside. */
    long connections() {
        return connections.get();
    }

    private void run() {
        while (running) {
            try {
                selector.select(key -> ((Runnable) key.attachment()).run());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void datagramIn() {
        try {
            buffer.clear();
            if (outer.receive(buffer) instanceof InetSocketAddress sender) {
                datagrams.incrementAndGet();
                DatagramChannel through = bySender.get(sender);
                if (through == null) {
                    through = DatagramChannel.open().connect(inner);
                    through.configureBlocking(false);
                    bySender.put(sender, through);
                    Runnable answer = () -> datagramOut(sender);
                    through.register(selector, SelectionKey.OP_READ, answer);
                }
                through.write(buffer.flip());
            }
        } catch (IOException e) {
            lost();
        }
    }

    private void datagramOut(InetSocketAddress sender) {
        try {
            buffer.clear();
            DatagramChannel through = bySender.get(sender);
            if (through != null && through.read(buffer) > 0) {
                outer.send(buffer.flip(), sender);
            }
        } catch (IOException e) {
            lost();
        }
    }

    private void connect() {
        try {
            SocketChannel caller = server.accept();
            if (caller != null) {
                connections.incrementAndGet();
                SocketChannel called = SocketChannel.open(inner);
                pipe(caller, called);
                pipe(called, caller);
            }
        } catch (IOException e) {
            lost();
        }
    }

    private void pipe(SocketChannel from, SocketChannel to) throws IOException {
        Runnable move = () -> move(from, to);
        from.configureBlocking(false);
        from.register(selector, SelectionKey.OP_READ, move);
    }

    private void move(SocketChannel from, SocketChannel to) {
        try {
            buffer.clear();
            if (from.read(buffer) < 0) {
                from.close();
                to.close();
                return;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
        } catch (IOException e) {
            Quietly.close(from);
            Quietly.close(to);
        }
    }

    /** Nobody listens inside just now: as on a wire, the packet is gone. */
    private static void lost() {}

    @Override
    public void close() throws IOException {
        running = false;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
