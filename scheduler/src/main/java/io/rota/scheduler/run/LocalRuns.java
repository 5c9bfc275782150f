package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.guard.GuardCommand;
import io.rota.scheduler.guard.GuardReport;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The runs of this node: has the guard start and stop their processes, passes on what became of them, and keeps their
 * states and their output. Thread-safe.
 */
final class LocalRuns implements AutoCloseable {
    private final String node;
    private final String claimant;
    private final Guard guard;
    private final Listener listener;
    private final RunHistory history;
    private final RunFiles files;
    private final Set<String> services;
    private final Map<String, String> taskOfRun = new ConcurrentHashMap<>();

    /** Hears what happens to runs, on the guard's thread. */
    interface Listener {
        void onRunEvent(String task, RunEvent event);

        void onOutput();
    }

    LocalRuns(SchedulerSetup setup, Scheduler.GuardFactory guards, Listener listener) {
        this.node = setup.node();
        this.claimant = setup.claimant();
        this.listener = listener;
        this.history = new RunHistory(setup.node());
        this.files = new RunFiles(setup.dataDir());
        this.services = setup.tasks().stream()
                .filter(TaskDefinition::isService)
                .map(TaskDefinition::name)
                .collect(Collectors.toUnmodifiableSet());
        this.guard = guards.make(new GuardEars());
    }

    Guard guard() {
        return guard;
    }

    RunHistory history() {
        return history;
    }

    void start(Effect.StartRun start) {
        var run = start.run();
        taskOfRun.put(run.id(), run.task());
        if (start.task().work() instanceof Work.Command command) {
            guard.start(new GuardCommand.Start(
                    run.id(),
                    command.command(),
                    command.workingDir(),
                    TaskEnvironment.of(run, command, node, claimant),
                    start.task().isExclusive()));
        } else {
            throw new IllegalStateException("unknown work " + start.task().work());
        }
    }

    void stop(Effect.StopRun stop) {
        guard.stop(stop.runId(), stop.grace().toMillis());
    }

    void keep(Run run) {
        history.keep(run);
        files.state(run);
        RunLog.tell(run, services.contains(run.task()));
        if (run.state().isTerminal()) {
            taskOfRun.remove(run.id());
        }
    }

    /** Ends the guard, and with it every process that is left. */
    @Override
    public void close() {
        guard.close();
        files.close();
    }

    private final class GuardEars implements Guard.Listener {
        @Override
        public void onReport(GuardReport report) {
            if (report instanceof GuardReport.Output output) {
                onOutput(output);
            } else if (report instanceof GuardReport.Started started) {
                tell(started.runId(), new RunEvent.Started(started.runId(), started.pid()));
            } else if (report instanceof GuardReport.Ended ended) {
                tell(ended.runId(), new RunEvent.Ended(ended.runId(), ended.exitCode()));
            } else if (report instanceof GuardReport.NotStarted notStarted) {
                tell(notStarted.runId(), new RunEvent.NotStarted(notStarted.runId(), notStarted.reason()));
            }
        }

        @Override
        public void onGuardLost(String runId) {
            tell(runId, new RunEvent.GuardLost(runId));
        }

        private void tell(String runId, RunEvent event) {
            listener.onRunEvent(taskOfRun.getOrDefault(runId, ""), event);
        }

        private void onOutput(GuardReport.Output output) {
            var task = taskOfRun.get(output.runId());
            if (task != null && !output.text().isEmpty()) {
                history.output(task, output.runId(), output.text());
                files.output(task, output.text());
                listener.onOutput();
            }
        }
    }
}
