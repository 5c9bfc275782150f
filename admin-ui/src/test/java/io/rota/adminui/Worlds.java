package io.rota.adminui;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RunState;
import io.rota.scheduler.view.ArbitrationView;
import io.rota.scheduler.view.ClusterView;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.MemberView;
import io.rota.scheduler.view.Notice;
import io.rota.scheduler.view.RingView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Small fixed worlds for tests. */
final class Worlds {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Worlds() {}

    /** Two nodes, a service and a periodic task, all well. */
    static FakeQueries.World calm() {
        return new FakeQueries.World(
                cluster(List.of()),
                List.of(member("n1", 0), member("n2", 1)),
                ring(),
                List.of(poller(), report()),
                List.of(done()));
    }

    static DoubtView held() {
        return new DoubtView(
                "payout@2026-03-01T06:00:00Z",
                "payout",
                RunState.HELD,
                "n2",
                41,
                NOON.minusSeconds(21_600),
                "n1",
                "n2 was to run it and has not told how it ended; the probe: probe 1 ended with code 3",
                "batch 7 sent");
    }

    static ClusterView cluster(List<Notice> notices) {
        var arbitration = new ArbitrationView(
                ArbitrationView.Mode.SINGLE_JUDGE,
                true,
                false,
                0,
                5500,
                List.of(new ArbitrationView.ArbiterView("n1", true, "voting")),
                new ArbitrationView.ListView(
                        4, "ada", "n2 lost its disk", NOON.minusSeconds(3_600).toEpochMilli(), List.of("n1")));
        return new ClusterView("harbour", "n1", NOON, 7, "00000000000000ab", 2, 2, 2, 2, arbitration, "0.1.0", notices);
    }

    static MemberView member(String name, int index) {
        return new MemberView(
                name,
                index == 0,
                "00000000000000c" + index,
                3,
                index == 0 ? "ALIVE" : "SUSPECT",
                "ACTIVE",
                "127.0.0.1:77" + index + "0",
                "127.0.0.1:77" + index + "1",
                index == 0 ? "127.0.0.1:7702" : "",
                index == 0,
                Map.of("zone", "east", "disk", "ssd"),
                1000,
                "0.1.0",
                1,
                1);
    }

    static RingView ring() {
        return new RingView(
                "00000000000000ab",
                List.of(new RingView.Node("n1", 1000, 1024, 512, 1, 2), new RingView.Node("n2", 1000, 1024, 488, 1, 2)),
                List.of(0, 1, 20_000, 0, 50_000, 1),
                List.of(
                        new RingView.Task("poller", 12_345, "n2", List.of("n1")),
                        new RingView.Task("report", 33_000, "n1", List.of("n2"))));
    }

    static TaskView poller() {
        var run = new RunView(
                "poller@2026-03-01T11:00:00Z#1",
                "poller",
                "n2",
                RunState.RUNNING,
                "",
                NOON.minusSeconds(3600),
                NOON.minusSeconds(3599),
                null,
                null,
                9L,
                4711L,
                "secret tail that a mention must not carry");
        return new TaskView(
                "poller",
                "service",
                "runs for ever",
                Guarantee.EXCLUSIVE,
                TaskView.State.RUNNING,
                "",
                "n2",
                List.of("n1"),
                List.of("n2"),
                run,
                null);
    }

    static TaskView report() {
        return new TaskView(
                "report",
                "every",
                "every 5s",
                Guarantee.RING,
                TaskView.State.WAITING,
                "",
                "n1",
                List.of("n2"),
                List.of(),
                null,
                NOON.plusSeconds(5));
    }

    static TaskView blocked(String reason) {
        return new TaskView(
                "report",
                "every",
                "every 5s",
                Guarantee.RING,
                TaskView.State.BLOCKED,
                reason,
                "n1",
                List.of("n2"),
                List.of(),
                null,
                null);
    }

    static RunView done() {
        return new RunView(
                "report@2026-03-01T11:59:55Z#1",
                "report",
                "n1",
                RunState.FAILED,
                "exit code 3",
                NOON.minusSeconds(5),
                NOON.minusSeconds(5),
                NOON.minusSeconds(4),
                3,
                null,
                815L,
                "line one\nline two\n");
    }
}
