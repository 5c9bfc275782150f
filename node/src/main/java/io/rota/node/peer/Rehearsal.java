package io.rota.node.peer;

import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCodec;
import io.rota.scheduler.peer.PeerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request over TLS that a process sends to itself. The first in the life of a JVM loads hundreds of classes; they
 * had better be there when every millisecond counts. Stateless.
 */
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Rehearsal() {}

    /** Begins it on a thread of its own; true once it has been answered. */
    public static CompletableFuture<Boolean> start(PeerClient client, ClusterIdentity identity) {
        var done = new CompletableFuture<Boolean>();
        var thread = new Thread(() -> rehearse(client, identity, done), "peer-rehearsal");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void rehearse(PeerClient client, ClusterIdentity identity, CompletableFuture<Boolean> done) {
        try (var server = (SSLServerSocket) identity.context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSSLParameters(ClusterIdentity.parameters());
            server.setSoTimeout((int) LIMIT.toMillis());
            client.send(
                    identity.nodeName(),
                    "127.0.0.1:" + server.getLocalPort(),
                    new PeerRequest.CopyBook(identity.nodeName(), 0),
                    LIMIT,
                    answer -> done.complete(answer.equals(Optional.of(new PeerAnswer.Done(true)))));
            answerOne(server);
        } catch (IOException | RuntimeException e) {
            LOG.debug("not rehearsed", e);
            done.complete(false);
        }
    }

    private static void answerOne(SSLServerSocket server) throws IOException {
        byte[] body = PeerCodec.encode(new PeerAnswer.Done(true));
        try (var socket = (SSLSocket) server.accept()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            if (socket.getInputStream().read() >= 0) {
                var out = socket.getOutputStream();
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
                // The client hangs up; whoever does so first before all is read would take the answer back.
                socket.getInputStream().readNBytes(1 << 16);
            }
        }
    }
}
