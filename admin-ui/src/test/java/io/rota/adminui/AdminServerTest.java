package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdminServerTest {

    @Test
    void portInUseIsToldInOneLineWithAddressAndRemedy() {
        try (var first = new AdminServerFixture(Worlds.calm())) {
            var taken = new AdminConfig("127.0.0.1", first.server.port());

            assertThatThrownBy(() -> AdminServer.start(taken, first.queries, first.commands))
                    .isInstanceOf(AdminStartException.class)
                    .hasMessageContaining("127.0.0.1:" + first.server.port())
                    .hasMessageContaining("choose another admin port")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void failedStartLeavesNoThreadBehind() {
        try (var first = new AdminServerFixture(Worlds.calm())) {
            var taken = new AdminConfig("127.0.0.1", first.server.port());
            var before = adminThreads();

            assertThatThrownBy(() -> AdminServer.start(taken, first.queries, first.commands))
                    .isInstanceOf(AdminStartException.class);

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(adminThreads()).isLessThanOrEqualTo(before));
        }
    }

    @Test
    void allThreadsBearThePrefix() throws Exception {
        var before = threadNames();
        try (var fixture = new AdminServerFixture(Worlds.calm());
                var events = fixture.events()) {
            events.next("snapshot");

            var added = threadNames();
            added.removeAll(before);

            assertThat(added)
                    .isNotEmpty()
                    .allSatisfy(name ->
                            assertThat(name).matches("(admin-|HttpClient-|Common-Cleaner|Attach|process reaper).*"));
        }
    }

    @Test
    void afterCloseThePortIsFree() {
        var fixture = new AdminServerFixture(Worlds.calm());
        int port = fixture.server.port();

        fixture.close();

        AdminServer.start(new AdminConfig("127.0.0.1", port), fixture.queries, fixture.commands)
                .close();
    }

    private static long adminThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("admin-"))
                .count();
    }

    private static Set<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
