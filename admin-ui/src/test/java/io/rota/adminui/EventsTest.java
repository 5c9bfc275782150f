package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.view.Notice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventsTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private AdminServerFixture fixture;

    @BeforeEach
    void start() {
        fixture = new AdminServerFixture(Worlds.calm());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void firstEventIsASnapshotOfEverything() throws Exception {
        try (var events = fixture.events()) {
            var first = events.next();

            assertThat(events.response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(first.name()).isEqualTo("snapshot");
            assertThat(first.id()).isEqualTo("1");
            Golden.check("snapshot", first.payload());
        }
    }

    @Test
    void changeIsFollowedByAFreshSnapshot() throws Exception {
        try (var events = fixture.events()) {
            events.next("snapshot");

            fixture.queries.become(changed("no node fits"));

            var second = events.next("snapshot");
            assertThat(second.id()).isEqualTo("2");
            assertThat(second.payload()).contains("no node fits");
        }
    }

    @Test
    void manyChangesAtOnceBecomeFewSnapshotsAndTheLastOneIsTrue() throws Exception {
        try (var events = fixture.events()) {
            events.next("snapshot");

            for (int i = 1; i <= 500; i++) {
                fixture.queries.become(changed("reason " + i + "."));
            }

            var event = events.next("snapshot");
            int snapshots = 1;
            while (!event.payload().contains("reason 500.")) {
                event = events.next("snapshot");
                snapshots++;
            }
            assertThat(snapshots).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void callWithoutAChangeSendsNothingButHeartbeats() throws Exception {
        try (var events = fixture.events()) {
            events.next("snapshot");

            fixture.queries.become(Worlds.calm());

            for (int i = 0; i < 3; i++) {
                var event = events.next();
                assertThat(event.name()).isEqualTo("heartbeat");
                assertThat(event.comment()).isEqualTo("still here");
                assertThat(event.payload())
                        .isEqualTo("{\"asOf\":\"2026-03-01T12:00:00Z\",\"leaseRemainingMillis\":5500}");
            }
        }
    }

    @Test
    void nodeIsAskedOnlyWhileSomebodyWatches() throws Exception {
        assertThat(fixture.queries.listeners()).isZero();

        try (var events = fixture.events()) {
            events.next("snapshot");
            assertThat(fixture.queries.listeners()).isEqualTo(1);
        }

        await().atMost(LIMIT).until(() -> fixture.queries.listeners() == 0);
        assertThat(fixture.server.openStreams()).isZero();
    }

    @Test
    void clientThatDoesNotReadIsCutAndOthersDoNotWait() throws Exception {
        fixture.queries.become(huge(0));
        try (var deaf = deafClient();
                var events = fixture.events()) {
            await().atMost(LIMIT).until(() -> fixture.server.openStreams() == 2);
            events.next("snapshot");

            fixture.queries.become(huge(1));

            await().atMost(LIMIT).until(() -> events.next("snapshot").payload().contains("version 1"));
            await().atMost(LIMIT).until(() -> fixture.server.openStreams() == 1);
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    @Test
    void closeEndsStreamsAndIsBackWithinASecond() throws Exception {
        fixture.queries.become(huge(0));
        try (var deaf = deafClient();
                var events = fixture.events()) {
            events.next("snapshot");
            await().atMost(LIMIT).until(() -> fixture.server.openStreams() == 2);

            var begun = System.nanoTime();
            fixture.close();
            var took = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(took).isLessThan(Duration.ofSeconds(1));
            assertThat(endsWithin(events)).isTrue();
            assertThat(fixture.queries.listeners()).isZero();
            assertThat(deaf.isConnected()).isTrue();
        }
    }

    private static boolean endsWithin(EventReader events) {
        try {
            return events.next("none such").equals(EventReader.Event.END);
        } catch (IOException cutOff) {
            return true;
        }
    }

    private static FakeQueries.World changed(String reason) {
        return Worlds.calm().withTasks(List.of(Worlds.poller(), Worlds.blocked(reason)));
    }

    /** More than any socket buffer holds. */
    private static FakeQueries.World huge(int version) {
        var text = "version " + version + " " + "x".repeat(12_000_000);
        return Worlds.calm().withCluster(Worlds.cluster(List.of(new Notice(Notice.Severity.INFO, "huge", text))));
    }

    private Socket deafClient() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.server.port()));
        socket.getOutputStream()
                .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
