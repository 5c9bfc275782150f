package io.rota.scheduler.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.rota.scheduler.arbitration.TaskLocks.Outcome;
import io.rota.scheduler.arbitration.TaskLocks.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three real members, formed once for all tests; the one that ends a member comes last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HazelcastTaskLocksIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long LATCH_SECONDS = 60;
    /** Nonce and proof of the handshake: all that a stranger is ever sent. */
    private static final int HANDSHAKE_BYTES = 64;

    private final CpTrio trio = new CpTrio();

    HazelcastTaskLocksIT() throws IOException {}

    @AfterAll
    void endAll() {
        trio.close();
    }

    @Test
    @Order(1)
    void statusOfAFormedGroupIsReadyOnEveryMember() {
        for (int member = 0; member < 3; member++) {
            assertThat(trio.locks(member).status()).isEqualTo(new Status(true, 3));
        }
    }

    @Test
    @Order(1)
    void decisionIsTakenUnderTheLock() {
        assertThat(trio.locks(0).underLock("t", LIMIT, () -> "yes")).isEqualTo(new Outcome.Decided<>("yes"));
    }

    @Test
    @Order(1)
    void failedDecisionFreesTheLock() {
        var failed = trio.locks(0).underLock("failing", LIMIT, () -> {
            throw new IllegalStateException("planted");
        });

        assertThat(failed).isInstanceOf(Outcome.Unavailable.class);
        assertThat(trio.locks(1).underLock("failing", LIMIT, () -> "next")).isEqualTo(new Outcome.Decided<>("next"));
    }

    @Test
    @Order(1)
    void taskIsDecidedByOneMemberAtATime() throws InterruptedException {
        var held = new CountDownLatch(1);
        var letGo = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> trio.locks(0).underLock("shared", LIMIT, () -> {
            held.countDown();
            return opened(letGo);
        }));
        assertThat(held.await(LATCH_SECONDS, TimeUnit.SECONDS)).isTrue();

        var second = trio.locks(1).underLock("shared", Duration.ofMillis(500), () -> "never");

        assertThat(second).isNotInstanceOf(Outcome.Decided.class);
        letGo.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
        assertThat(trio.locks(1).underLock("shared", LIMIT, () -> "now")).isEqualTo(new Outcome.Decided<>("now"));
    }

    @Test
    @Order(1)
    void decisionsOfAllMembersNeverOverlap() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var taken = new AtomicInteger();
        var work = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 30; i++) {
            var locks = trio.locks(i % 3);
            work.add(CompletableFuture.runAsync(() -> locks.underLock("crowded", LIMIT, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                inside.decrementAndGet();
                return taken.incrementAndGet();
            })));
        }

        assertThat(CompletableFuture.allOf(work.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(LATCH_SECONDS));

        assertThat(most).hasValue(1);
        assertThat(taken).hasValue(30);
    }

    @Test
    @Order(1)
    void twoTasksAreDecidedAtTheSameTime() {
        var both = new CountDownLatch(2);
        // Names in different lanes: a lane decides one thing after the other.
        assertThat(Math.floorMod("a".hashCode(), 4)).isNotEqualTo(Math.floorMod("b".hashCode(), 4));

        var first = CompletableFuture.supplyAsync(() -> trio.locks(0).underLock("a", LIMIT, () -> meet(both)));
        var second = CompletableFuture.supplyAsync(() -> trio.locks(0).underLock("b", LIMIT, () -> meet(both)));

        assertThat(first).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
        assertThat(second).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"CP2", "HZC", "GET / HTTP/1.1\r\n\r\n"})
    void strangerIsHungUpOnBeforeHazelcastSaysAWord(String greeting) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), trio.address(0).getPort())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[HANDSHAKE_BYTES]);

            byte[] answer = readUntilClosed(socket);

            assertThat(answer).hasSizeLessThanOrEqualTo(HANDSHAKE_BYTES);
        }
        assertThat(trio.locks(0).status().ready()).isTrue();
    }

    @Test
    @Order(3)
    void memberWithAnotherSecretStaysOutside() throws IOException {
        var own = CpTrio.freeAddresses(1).get(0);
        var live = new ArrayList<>(trio.addresses());
        live.add(own);
        var intruder = new HazelcastTaskLocks(CpTrio.settings(own, "another secret", live));
        try {
            intruder.start();
            // It gives up and stands alone, which is as far as it ever comes.
            await().atMost(CpTrio.PATIENCE)
                    .until(() -> Hazelcast.getAllHazelcastInstances().size() == 4);

            assertThat(Hazelcast.getAllHazelcastInstances())
                    .extracting(instance -> instance.getCluster().getMembers().size())
                    .containsExactlyInAnyOrder(3, 3, 3, 1);
            assertThat(intruder.status().ready()).isFalse();
            assertThat(intruder.underLock("t", LIMIT, () -> "never")).isInstanceOf(Outcome.Unavailable.class);
            assertThat(trio.locks(0).underLock("t", LIMIT, () -> "yes")).isEqualTo(new Outcome.Decided<>("yes"));
        } finally {
            intruder.close();
        }
    }

    @Test
    @Order(9)
    void locksGoOnWithoutOneMember() {
        trio.locks(0).close();

        for (int member = 1; member < 3; member++) {
            var locks = trio.locks(member);
            await().atMost(CpTrio.PATIENCE)
                    .until(() -> locks.underLock("t", LIMIT, () -> "yes") instanceof Outcome.Decided);
            assertThat(locks.status().ready()).isTrue();
        }
        assertThat(trio.locks(0).underLock("t", LIMIT, () -> "never")).isInstanceOf(Outcome.Unavailable.class);
    }

    private static boolean meet(CountDownLatch both) {
        both.countDown();
        return opened(both);
    }

    private static boolean opened(CountDownLatch latch) {
        try {
            return latch.await(LATCH_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the other end sent until it hung up; an abrupt end is one too. */
    private static byte[] readUntilClosed(Socket socket) throws IOException {
        var read = new ArrayList<Byte>();
        try {
            var in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.add((byte) b);
            }
        } catch (java.net.SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        byte[] bytes = new byte[read.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = read.get(i);
        }
        return bytes;
    }
}
