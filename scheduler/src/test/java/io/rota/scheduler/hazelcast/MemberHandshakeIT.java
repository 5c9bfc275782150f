package io.rota.scheduler.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two ends of a real connection that prove to each other that they hold the key, or do not. */
final class MemberHandshakeIT {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final Socket near = new Socket(server.getInetAddress(), server.getLocalPort());
    private final Socket far = server.accept();

    MemberHandshakeIT() throws IOException {}

    @AfterEach
    void closeAll() throws IOException {
        near.close();
        far.close();
        server.close();
    }

    @Test
    void twoThatHoldTheKeyAccept() {
        var accepted = inBackground(() -> handshake("key").onAccept(far));
        var connected = inBackground(() -> handshake("key").onConnect(near));

        assertThat(accepted).succeedsWithin(WAIT);
        assertThat(connected).succeedsWithin(WAIT);
    }

    @Test
    void connectionIsFreeForHazelcastAfterwards() throws IOException {
        var accepted = inBackground(() -> handshake("key").onAccept(far));
        handshake("key").onConnect(near);
        accepted.join();

        near.getOutputStream().write(7);

        assertThat(far.getInputStream().read()).isEqualTo(7);
        assertThat(near.getSoTimeout()).isZero();
        assertThat(far.getSoTimeout()).isZero();
    }

    @Test
    void differentKeysAreRefusedOnBothSides() {
        var accepted = inBackground(() -> handshake("key").onAccept(far));
        var connected = inBackground(() -> handshake("another").onConnect(near));

        assertRefused(accepted);
        assertRefused(connected);
    }

    @Test
    void ownProofSentBackIsRefused() {
        // Both claim to have accepted, as a stranger does that mirrors every byte.
        var accepted = inBackground(() -> handshake("key").onAccept(far));
        var mirrored = inBackground(() -> handshake("key").onAccept(near));

        assertRefused(accepted);
        assertRefused(mirrored);
    }

    @Test
    void silentStrangerIsGivenUp() {
        var accepted = inBackground(() -> handshake("key").onAccept(far));

        assertThat(accepted).failsWithin(WAIT);
    }

    @Test
    void strangerThatDripsBytesIsGivenUpAsSoon() throws IOException {
        var accepted = inBackground(() -> handshake("key").onAccept(far));
        long start = System.nanoTime();

        await().atMost(WAIT).pollInterval(Duration.ofSeconds(1)).until(() -> {
            try {
                near.getOutputStream().write(0);
            } catch (SocketException e) {
                return true;
            }
            return accepted.isDone();
        });

        assertThat(accepted).isCompletedExceptionally();
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(8).toNanos());
    }

    private static void assertRefused(CompletableFuture<Void> end) {
        assertThat(end)
                .failsWithin(WAIT)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining("does not hold the cluster key");
    }

    private static MemberHandshake handshake(String key) {
        return new MemberHandshake(key.getBytes(StandardCharsets.UTF_8));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Work work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }
}
