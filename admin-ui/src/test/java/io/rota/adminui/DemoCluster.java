package io.rota.adminui;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.view.ArbitrationView;
import io.rota.scheduler.view.ClusterView;
import io.rota.scheduler.view.MemberView;
import io.rota.scheduler.view.Notice;
import io.rota.scheduler.view.RingView;
import io.rota.scheduler.view.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A make-believe cluster for {@link DemoPage}: it has a scene, and time moves it. Confined to one thread. */
final class DemoCluster {

    /** What is to be seen. */
    enum Scene {
        /** A node dies or returns every ten seconds. */
        LIVELY,
        /** Nothing happens but work. */
        CALM,
        /** One of three nodes is dead. */
        DEAD,
        /** No quorum, a blocked task. */
        ERROR,
        /** No task is defined. */
        EMPTY,
        /** Twelve nodes, two hundred tasks. */
        LARGE
    }

    private final Scene scene;
    private final List<String> names;
    private final List<DemoTask> tasks = new ArrayList<>();
    private final Instant startedAt;
    private int ticks;
    private long viewVersion = 41;
    private TreeSet<String> down = new TreeSet<>();
    private TreeSet<String> suspect = new TreeSet<>();

    DemoCluster(Scene scene, Instant now) {
        this.scene = scene;
        this.startedAt = now;
        this.names = scene == Scene.LARGE
                ? List.of("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2", "c3", "c4")
                : List.of("n1", "n2", "n3");
        kinds().forEach(kind -> tasks.add(new DemoTask(kind, now)));
        if (scene == Scene.DEAD || scene == Scene.ERROR) {
            down.add("n2");
        }
    }

    private List<DemoTask.Kind> kinds() {
        if (scene == Scene.EMPTY) {
            return List.of();
        }
        var kinds = new ArrayList<>(List.of(
                kind("orders-feed-poller", 0, 0, Guarantee.RING),
                kind("invoice-numbering", 0, 0, Guarantee.EXCLUSIVE),
                kind("mail-dispatch", 0, 0, Guarantee.EXCLUSIVE),
                kind("sensor-ingest", 0, 0, Guarantee.RING),
                kind("session-cleanup", 12, 3, Guarantee.RING),
                kind("stock-report", 15, 6, Guarantee.EXCLUSIVE),
                kind("thumbnail-batch", 9, 4, Guarantee.RING),
                kind("exchange-rates", 20, 2, Guarantee.RING),
                kind("ledger-close", 30, 5, Guarantee.EXCLUSIVE),
                kind("search-index", 0, 0, Guarantee.RING),
                kind("cache-warmer", 8, 3, Guarantee.RING),
                kind("health-digest", 25, 4, Guarantee.RING)));
        for (int i = 0; scene == Scene.LARGE && i < 190; i++) {
            kinds.add(kind("worker-" + i, i % 3 == 0 ? 10 : 0, 3, i % 4 == 0 ? Guarantee.EXCLUSIVE : Guarantee.RING));
        }
        return kinds;
    }

    private DemoTask.Kind kind(String name, int every, int run, Guarantee guarantee) {
        var blocked = scene == Scene.ERROR && guarantee == Guarantee.EXCLUSIVE;
        return new DemoTask.Kind(
                name, every, run, guarantee, blocked ? "no majority of arbiters answers, so nothing may claim it" : "");
    }

    /** Moves the world to {@code now}. */
    FakeQueries.World step(Instant now) {
        ticks++;
        if (scene == Scene.LIVELY) {
            liveAndDie();
        }
        var hash = "%016x".formatted((long) (names.hashCode() + down.hashCode()) * 0x9E3779B97F4A7C15L);
        var eligible = names.stream().filter(name -> !down.contains(name)).toList();
        var ring =
                DemoRing.of(hash, eligible, tasks.stream().map(DemoTask::name).toList());
        ring.tasks().forEach(placed -> task(placed.name()).step(now, placed, !suspect.contains(placed.owner())));
        var views = ring.tasks().stream()
                .map(placed -> task(placed.name()).view(placed))
                .toList();
        var runs = new ArrayList<RunView>();
        tasks.forEach(task -> runs.addAll(task.runs()));
        return new FakeQueries.World(cluster(now, hash), members(ring), ring, views, runs);
    }

    private DemoTask task(String name) {
        return tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Ticks are 250 ms: at 32 of 80 a node is suspected, at 40 it is dead, at 80 it is back. */
    private void liveAndDie() {
        int phase = ticks % 80;
        var victim = names.get(1 + (ticks / 80) % 2);
        if (phase == 32) {
            suspect.add(victim);
        } else if (phase == 40) {
            suspect.clear();
            down.add(victim);
            viewVersion++;
        } else if (phase == 0) {
            down.clear();
            viewVersion++;
        }
    }

    private ClusterView cluster(Instant now, String hash) {
        int running = (int) tasks.stream()
                .filter(task -> names.stream().anyMatch(task::runsOn))
                .count();
        return new ClusterView(
                "harbour",
                names.get(0),
                now,
                viewVersion,
                hash,
                names.size() - down.size(),
                names.size(),
                tasks.size(),
                running,
                arbitration(now),
                "0.1.0",
                notices());
    }

    private ArbitrationView arbitration(Instant now) {
        var quorum = scene != Scene.ERROR;
        var lease = quorum ? 6000 - (now.toEpochMilli() - startedAt.toEpochMilli()) % 1000 : 0;
        var arbiters = names.subList(0, 3).stream()
                .map(name -> new ArbitrationView.ArbiterView(
                        name,
                        !down.contains(name) && (quorum || name.equals("n1")),
                        down.contains(name) || (!quorum && !name.equals("n1")) ? "unknown" : "voting"))
                .toList();
        return new ArbitrationView(
                ArbitrationView.Mode.MAJORITY,
                quorum,
                quorum,
                quorum ? 3 : 1,
                lease,
                arbiters,
                new ArbitrationView.ListView(1, "", "", 0, names.subList(0, 3)));
    }

    private List<Notice> notices() {
        if (scene == Scene.ERROR) {
            return List.of(
                    new Notice(
                            Notice.Severity.ERROR,
                            "no_quorum",
                            "Only 1 of 3 arbiters answers, so no exclusive task can be started. Start n2 or n3."),
                    new Notice(Notice.Severity.WARN, "member_dead", "Member n2 is dead since 10:42:07."));
        }
        return down.isEmpty()
                ? List.of()
                : List.of(new Notice(
                        Notice.Severity.WARN,
                        "member_dead",
                        "Member " + down.first() + " is dead; its tasks have moved to the others."));
    }

    private List<MemberView> members(RingView ring) {
        return names.stream().map(name -> member(name, ring)).toList();
    }

    private MemberView member(String name, RingView ring) {
        int i = names.indexOf(name);
        var dead = down.contains(name);
        return new MemberView(
                name,
                i == 0,
                "%016x".formatted((i + 77L) * 0xD1B54A32D192ED03L),
                dead ? 3 : 1,
                dead ? "DEAD" : suspect.contains(name) ? "SUSPECT" : "ALIVE",
                "ACTIVE",
                "127.0.0.1:" + (7700 + 10 * i),
                "127.0.0.1:" + (7701 + 10 * i),
                "127.0.0.1:" + (7702 + 10 * i),
                i < 3,
                Map.of("zone", i % 2 == 0 ? "east" : "west"),
                1000,
                "0.1.0",
                (int) ring.tasks().stream()
                        .filter(task -> task.owner().equals(name))
                        .count(),
                (int) tasks.stream().filter(task -> task.runsOn(name)).count());
    }
}
