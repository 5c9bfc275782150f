package io.rota.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.rota.scheduler.arbitration.TaskLocks.Outcome;
import io.rota.scheduler.arbitration.TaskLocks.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
    /** All that a stranger is ever sent: a record's head, a level and a reason. */
    private static final int TLS_ALERT_BYTES = 7;

    private final CpTrio trio = new CpTrio();

    HazelcastTaskLocksIT() throws IOException {
        trio.awaitReady();
    }

    @AfterAll
    void endAll() {
        trio.close();
    }

    @Test
    @Order(1)
    void statusOfAFormedGroupIsReadyOnEveryMember() {
        assertThat(trio.all())
                .allSatisfy(arbiter -> assertThat(arbiter.locks().status()).isEqualTo(new Status(true, 3)));
    }

    @Test
    @Order(1)
    void decisionIsTakenUnderTheLock() {
        assertThat(trio.locks("n1").underLock("t", LIMIT, () -> "yes")).isEqualTo(new Outcome.Decided<>("yes"));
    }

    @Test
    @Order(1)
    void failedDecisionFreesTheLock() {
        var failed = trio.locks("n1").underLock("failing", LIMIT, () -> {
            throw new IllegalStateException("planted");
        });

        assertThat(failed).isInstanceOf(Outcome.Unavailable.class);
        assertThat(trio.locks("n2").underLock("failing", LIMIT, () -> "next")).isEqualTo(new Outcome.Decided<>("next"));
    }

    @Test
    @Order(1)
    void taskIsDecidedByOneMemberAtATime() throws InterruptedException {
        var held = new CountDownLatch(1);
        var letGo = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> trio.locks("n1").underLock("shared", LIMIT, () -> {
            held.countDown();
            return opened(letGo);
        }));
        assertThat(held.await(LATCH_SECONDS, TimeUnit.SECONDS)).isTrue();

        var second = trio.locks("n2").underLock("shared", Duration.ofMillis(500), () -> "never");

        assertThat(second).isNotInstanceOf(Outcome.Decided.class);
        letGo.countDown();
        assertThat(first).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
        assertThat(trio.locks("n2").underLock("shared", LIMIT, () -> "now")).isEqualTo(new Outcome.Decided<>("now"));
    }

    @Test
    @Order(1)
    void decisionsOfAllMembersNeverOverlap() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var taken = new AtomicInteger();
        var work = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 30; i++) {
            var locks = trio.locks("n" + (i % 3 + 1));
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

        var first = CompletableFuture.supplyAsync(() -> trio.locks("n1").underLock("a", LIMIT, () -> meet(both)));
        var second = CompletableFuture.supplyAsync(() -> trio.locks("n1").underLock("b", LIMIT, () -> meet(both)));

        assertThat(first).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
        assertThat(second).succeedsWithin(Duration.ofSeconds(LATCH_SECONDS)).isEqualTo(new Outcome.Decided<>(true));
    }

    // ---- strangers

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"CP2", "HZC", "GET / HTTP/1.1\r\n\r\n"})
    void strangerOnTheNetworkIsHungUpOnBeforeHazelcastSaysAWord(String greeting) throws IOException {
        long before = trio.arbiter("n1").server().strangers();
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), trio.address("n1").getPort())) {
            assertThat(answerTo(greeting, socket)).hasSizeLessThanOrEqualTo(TLS_ALERT_BYTES);
        }

        await().until(() -> trio.arbiter("n1").server().strangers() == before + 1);
        assertThat(trio.locks("n1").status().ready()).isTrue();
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(strings = {"CP2", "HZC", "GET / HTTP/1.1\r\n\r\n"})
    void strangerOnTheMachineIsHungUpOnBeforeHazelcastSaysAWord(String greeting) throws IOException {
        int port;
        try (var shown = trio.locks("n1").door().open()) {
            port = ((InetSocketAddress) shown.getRemoteAddress()).getPort();
        }

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(answerTo(greeting, socket)).isEmpty();
        }

        assertThat(trio.locks("n1").status().ready()).isTrue();
    }

    @Test
    @Order(2)
    void hazelcastIsNotReachedFromOutside() throws IOException {
        try (var shown = trio.locks("n1").door().open()) {
            var address = (InetSocketAddress) shown.getRemoteAddress();

            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(address.getPort()).isNotEqualTo(trio.address("n1").getPort());
        }
    }

    @Test
    @Order(2)
    void memberThatIsNoArbiterIsNotSwitchedThrough() {
        var worker = new ArbiterDial(CpTrio.identity("worker", 1), address -> Optional.of("n1"));

        assertThatThrownBy(() -> worker.dial(trio.address("n1"), LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("407");
    }

    @Test
    @Order(2)
    void arbiterThatIsNotTheOneMeantIsNotAsked() {
        var lost = new ArbiterDial(CpTrio.identity("n2", 1), address -> Optional.of("n3"));

        assertThatThrownBy(() -> lost.dial(trio.address("n1"), LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Optional[n1] instead of n3");
    }

    @Test
    @Order(2)
    void lineToAPeerThatSaysNothingIsGivenUpInTime() throws IOException {
        var dial = new ArbiterDial(CpTrio.identity("n2", 1), address -> Optional.of("n1"));
        long start = System.nanoTime();

        try (var mute = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            var address = (InetSocketAddress) mute.getLocalSocketAddress();
            assertThatThrownBy(() -> dial.dial(address, Duration.ofMillis(300))).isInstanceOf(IOException.class);
        }

        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    @Order(3)
    void memberWithAnotherKeyStaysOutside() throws IOException {
        var live = new TreeMap<>(trio.addresses());
        live.putAll(CpTrio.freeAddresses(List.of("n4")));
        try (var intruder = new CpArbiter(CpTrio.identity("n4", 2), live)) {
            // It gives up and stands alone, which is as far as it ever comes.
            await().atMost(CpTrio.PATIENCE)
                    .until(() -> Hazelcast.getAllHazelcastInstances().size() == 4);

            assertThat(Hazelcast.getAllHazelcastInstances())
                    .extracting(instance -> instance.getCluster().getMembers().size())
                    .containsExactlyInAnyOrder(3, 3, 3, 1);
            assertThat(intruder.locks().status().ready()).isFalse();
            assertThat(intruder.locks().underLock("t", LIMIT, () -> "never")).isInstanceOf(Outcome.Unavailable.class);
            assertThat(trio.locks("n1").underLock("t", LIMIT, () -> "yes")).isEqualTo(new Outcome.Decided<>("yes"));
        }
    }

    // ---- rotation

    @Test
    @Order(4)
    void groupOutlivesARotationOfTheKey() {
        var groupBefore = Hazelcast.getAllHazelcastInstances();
        for (var ring : List.of(CpTrio.ring(1, 2), CpTrio.ring(2, 1), CpTrio.ring(2))) {
            trio.all().forEach(arbiter -> {
                // A call that was on its way over a connection of the old key may be lost; the next one is not.
                arbiter.identity().rotate(ring);
                await().atMost(CpTrio.PATIENCE)
                        .until(() -> arbiter.locks().underLock("t", LIMIT, () -> "yes") instanceof Outcome.Decided);
            });
        }

        trio.awaitReady();
        assertThat(Hazelcast.getAllHazelcastInstances()).isEqualTo(groupBefore);
        for (var arbiter : trio.all()) {
            assertThat(arbiter.locks().underLock("t", LIMIT, () -> "yes")).isEqualTo(new Outcome.Decided<>("yes"));
        }
    }

    @Test
    @Order(9)
    void locksGoOnWithoutOneMember() {
        var stopped = trio.locks("n1");
        trio.stop("n1");

        for (var member : trio.all()) {
            var locks = member.locks();
            await().atMost(CpTrio.PATIENCE)
                    .until(() -> locks.underLock("t", LIMIT, () -> "yes") instanceof Outcome.Decided);
            assertThat(locks.status().ready()).isTrue();
        }
        assertThat(stopped.underLock("t", LIMIT, () -> "never")).isInstanceOf(Outcome.Unavailable.class);
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
    private static byte[] answerTo(String greeting, Socket socket) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        var read = new ByteArrayOutputStream();
        try {
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            var in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                read.write(b);
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*");
        }
        return read.toByteArray();
    }
}
