package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.hazelcast.MemberCarrier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * Where the connections of this node's Hazelcast to other arbiters begin: one TLS connection each to the other's peer
 * port, switched through to its Hazelcast. Thread-safe.
 */
public final class ArbiterDial implements MemberCarrier {
    private static final int MAX_HEAD_BYTES = 4096;
    private static final String HEAD_END = "\r\n\r\n";

    private final ClusterIdentity identity;
    private final Function<InetSocketAddress, Optional<String>> arbiterAt;
    private final Set<TlsLine> open = ConcurrentHashMap.newKeySet();

    /** @param arbiterAt name of the arbiter that is reached at a peer address; empty while none is known */
    public ArbiterDial(ClusterIdentity identity, Function<InetSocketAddress, Optional<String>> arbiterAt) {
        this.identity = identity;
        this.arbiterAt = arbiterAt;
        identity.onRotation(this::endRevoked);
    }

    @Override
    public Line dial(InetSocketAddress address, Duration limit) throws IOException {
        var arbiter = arbiterAt.apply(address).orElseThrow(() -> new IOException("no arbiter is known at " + address));
        var plain = new Socket();
        // A limit for all of it: a read limit alone would let a stranger at that address send a byte now and then.
        var overdue = new CompletableFuture<Void>().completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS);
        var watch = overdue.thenRun(() -> closeQuietly(plain));
        try {
            plain.setTcpNoDelay(true);
            plain.connect(address, (int) limit.toMillis());
            var line = connect(plain, arbiter);
            if (!watch.cancel(false)) {
                throw new IOException("arbiter " + arbiter + " did not answer within " + limit);
            }
            open.add(line);
            return line;
        } catch (IOException | RuntimeException e) {
            closeQuietly(plain);
            throw e;
        } finally {
            overdue.cancel(false);
        }
    }

    private TlsLine connect(Socket plain, String arbiter) throws IOException {
        var tls = (SSLSocket) identity.context()
                .getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), false);
        tls.setSSLParameters(ClusterIdentity.parameters());
        tls.setUseClientMode(true);
        tls.startHandshake();
        var found = identity.nameAt(tls.getSession());
        if (!found.equals(Optional.of(arbiter))) {
            throw new IOException("at " + plain.getRemoteSocketAddress() + " is " + found + " instead of " + arbiter);
        }
        var line = new TlsLine(plain, tls.getSession(), tls.getInputStream(), tls.getOutputStream());
        line.output()
                .write(("CONNECT " + ArbiterExit.TARGET + " HTTP/1.1\r\nHost: " + ArbiterExit.TARGET + "\r\n"
                                + PeerResource.FOR_NODE + ": " + arbiter + HEAD_END)
                        .getBytes(StandardCharsets.US_ASCII));
        var head = readHead(line.input());
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("arbiter " + arbiter + " answered "
                    + head.lines().findFirst().orElse(""));
        }
        return line;
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < MAX_HEAD_BYTES && head.indexOf(HEAD_END) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the other end hung up");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void endRevoked() {
        open.stream().filter(line -> identity.nameAt(line.session).isEmpty()).forEach(TlsLine::close);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be done with it.
        }
    }

    /**
     * Ends by closing the socket underneath: TLS would first say good-bye, and wait for a thread that writes to a peer
     * that does not read.
     */
    private final class TlsLine implements Line {
        private final Socket plain;
        private final SSLSession session;
        private final InputStream input;
        private final OutputStream output;

        TlsLine(Socket plain, SSLSession session, InputStream input, OutputStream output) {
            this.plain = plain;
            this.session = session;
            this.input = input;
            this.output = output;
        }

        @Override
        public InputStream input() {
            return input;
        }

        @Override
        public OutputStream output() {
            return output;
        }

        @Override
        public void close() {
            open.remove(this);
            closeQuietly(plain);
        }
    }
}
