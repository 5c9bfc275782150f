package io.rota.membership.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rota.membership.MemberState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real processes, really killed (SIGKILL), or stopped (SIGSTOP) and continued. */
class KilledProcessIT {

    private static final int KILLS = 5;

    private final LoopbackNodes nodes = new LoopbackNodes();
    private final int port1 = LoopbackNodes.freePort();
    private final int port2 = LoopbackNodes.freePort();
    private final int port3 = LoopbackNodes.freePort();
    private final List<MemberProcess> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(MemberProcess::kill);
        nodes.close();
    }

    @Test
    void killedProcessIsKnownToAllSurvivorsInAboutASecondAndItsSuccessorIsWelcome() throws IOException {
        startTwo();
        List<Long> tookMillis = new ArrayList<>();

        for (int i = 0; i < KILLS; i++) {
            MemberProcess victim = startThird();
            await().atMost(Duration.ofSeconds(10)).until(() -> nodes.agreeOnLive(3));
            victim.kill();
            long began = System.nanoTime();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> nodes.allSee("n3", MemberState.DEAD));
            tookMillis.add((System.nanoTime() - began) / 1_000_000);
        }

        Collections.sort(tookMillis);
        assertThat(tookMillis.get(KILLS / 2)).as("median of %s", tookMillis).isLessThan(1500);
        assertThat(tookMillis.get(KILLS - 1)).as("worst of %s", tookMillis).isLessThan(3000);
    }

    @Test
    void stoppedProcessAccusesNobodyWhenItIsContinued() throws IOException, InterruptedException {
        startTwo();
        MemberProcess stopped = startThird();
        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.agreeOnLive(3));

        signal("STOP", stopped);
        await().atMost(Duration.ofSeconds(15)).until(() -> nodes.allSee("n3", MemberState.DEAD));
        signal("CONT", stopped);
        await().atMost(Duration.ofSeconds(15)).until(() -> nodes.agreeOnLive(3));

        for (String survivor : List.of("n1", "n2")) {
            assertThat(nodes.node(survivor).counters()).doesNotContainKey("event.refuted");
            assertThat(nodes.node(survivor).view().find(survivor).orElseThrow().incarnation())
                    .isEqualTo(1);
        }
    }

    private void startTwo() {
        nodes.start("n1", port1, List.of());
        nodes.start("n2", port2, List.of(port1));
        await().atMost(Duration.ofSeconds(3)).until(() -> nodes.agreeOnLive(2));
    }

    private MemberProcess startThird() throws IOException {
        MemberProcess process = MemberProcess.start("n3", port3, List.of(port1));
        processes.add(process);
        return process;
    }

    private static void signal(String name, MemberProcess process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
