package io.rota.adminui;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RunState;
import io.rota.scheduler.view.RingView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One task of the demo: it follows the ring with a delay, runs, ends, fails now and then. Confined to one thread. */
final class DemoTask {
    private final Kind kind;
    private final Deque<RunView> runs = new ArrayDeque<>();
    private @Nullable RunView current;
    private TaskView.State state = TaskView.State.STARTING;
    private Instant stateUntil = Instant.EPOCH;
    private Instant nextDue;
    private long runNumber;
    private long token = 40;

    /** What the task is. {@code everySeconds} 0 means a service. */
    record Kind(String name, int everySeconds, int runSeconds, Guarantee guarantee, String blockedBecause) {}

    DemoTask(Kind kind, Instant now) {
        this.kind = kind;
        this.nextDue = now.plusSeconds(1 + kind.name().length() % 5);
    }

    String name() {
        return kind.name();
    }

    List<RunView> runs() {
        return List.copyOf(runs);
    }

    boolean runsOn(String node) {
        return current != null && current.state().isActive() && current.node().equals(node);
    }

    void step(Instant now, RingView.Task placed, boolean ownerKnown) {
        if (!kind.blockedBecause().isEmpty()) {
            state = TaskView.State.BLOCKED;
            return;
        }
        if (!ownerKnown) {
            state = TaskView.State.UNKNOWN;
            return;
        }
        var run = current;
        if (run != null && run.state() == RunState.RUNNING && !run.node().equals(placed.owner())) {
            end(now, RunState.LOST, null, "node " + run.node() + " died");
            become(TaskView.State.STARTING, now.plusSeconds(kind.guarantee() == Guarantee.EXCLUSIVE ? 3 : 1));
        } else if (run != null && run.state() == RunState.RUNNING && kind.everySeconds() > 0) {
            endIfDone(now, run);
        } else if (run == null || run.state().isTerminal()) {
            startIfDue(now, placed.owner());
        }
    }

    private void endIfDone(Instant now, RunView run) {
        if (now.isBefore(run.due().plusSeconds(kind.runSeconds()))) {
            return;
        }
        boolean bad = kind.name().startsWith("thumb") && runNumber % 3 == 0;
        end(now, bad ? RunState.FAILED : RunState.SUCCEEDED, bad ? 1 : 0, "");
        become(bad ? TaskView.State.BACKOFF : TaskView.State.WAITING, now.plusSeconds(4));
        nextDue = run.due().plusSeconds(kind.everySeconds());
    }

    private void startIfDue(Instant now, String owner) {
        if (kind.everySeconds() > 0 && now.isBefore(nextDue)) {
            if (state != TaskView.State.BACKOFF || now.isAfter(stateUntil)) {
                state = TaskView.State.WAITING;
            }
            return;
        }
        if (state != TaskView.State.STARTING) {
            become(TaskView.State.STARTING, now.plusMillis(600));
        } else if (now.isAfter(stateUntil)) {
            runNumber++;
            token += kind.guarantee() == Guarantee.EXCLUSIVE ? 1 : 0;
            current = run(RunState.RUNNING, owner, now, null, null, "");
            state = TaskView.State.RUNNING;
        }
    }

    private void become(TaskView.State next, Instant until) {
        state = next;
        stateUntil = until;
    }

    private void end(Instant now, RunState how, @Nullable Integer exitCode, String reason) {
        var run = current;
        if (run != null) {
            current = run(how, run.node(), run.due(), now, exitCode, reason);
            runs.addFirst(current);
            while (runs.size() > 20) {
                runs.removeLast();
            }
        }
    }

    private RunView run(
            RunState how, String node, Instant due, @Nullable Instant end, @Nullable Integer exit, String reason) {
        var exclusive = kind.guarantee() == Guarantee.EXCLUSIVE;
        return new RunView(
                kind.name() + "@" + due + "#1",
                kind.name(),
                node,
                how,
                reason,
                due,
                due.plusMillis(120),
                end,
                exit,
                exclusive ? token : null,
                20_000 + Math.floorMod(kind.name().hashCode(), 9000) + runNumber,
                output(due, exit));
    }

    private String output(Instant due, @Nullable Integer exit) {
        var failed = exit != null && exit != 0;
        return due + " " + kind.name() + ": started with offset 48213\n"
                + due.plusMillis(340) + " read 128 records from /srv/feed/orders.log\n"
                + due.plusMillis(910)
                + (failed
                        ? " ERROR cannot open /srv/media/in: Permission denied\n"
                        : " wrote 128 rows, next offset 48341\n");
    }

    TaskView view(RingView.Task placed) {
        var run = current;
        var active = run != null && run.state().isActive();
        var reason = switch (state) {
            case BLOCKED -> kind.blockedBecause();
            case BACKOFF -> "exit code 1; starts again in a moment";
            case STARTING -> run != null && run.state() == RunState.LOST ? run.reason() : "";
            case IN_DOUBT -> "nobody knows whether its last run took effect";
            case UNKNOWN -> "its owner has not reported yet";
            case RUNNING, WAITING, STOPPING, FINISHED, DOUBLE_RUN -> "";
        };
        return new TaskView(
                kind.name(),
                kind.everySeconds() == 0 ? "service" : "every",
                kind.everySeconds() == 0 ? "runs for ever" : "every " + kind.everySeconds() + "s",
                kind.guarantee(),
                state,
                reason,
                placed.owner(),
                placed.standbys(),
                active && run != null ? List.of(run.node()) : List.of(),
                run,
                kind.everySeconds() == 0 || active ? null : nextDue);
    }
}
