package io.rota.scheduler.run;

import io.rota.scheduler.OutputRule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.guard.GuardReport;
import io.rota.scheduler.runner.HttpCalls;
import io.rota.scheduler.runner.JavaTasks;
import io.rota.scheduler.runner.RunThreads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of this node: has the guard start and stop their processes, and other runners what needs none; passes on what
 * became of them, and keeps their states and their output. Thread-safe.
 */
final class LocalRuns implements AutoCloseable {
    private final String node;
    private final String claimant;
    private final Path workDir;
    private final Guard guard;
    private final Listener listener;
    private final RunHistory history;
    private final RunFiles files;
    private final List<String> javaCommand;
    private final HttpCalls calls;
    private final JavaTasks javaTasks;
    private final SecretStarts secrets;
    private final Map<String, TaskDefinition> taskOfRun = new ConcurrentHashMap<>();
    /** Of runs whose output counts; each is read on the guard's thread alone. */
    private final Map<String, OutputJudge> judges = new ConcurrentHashMap<>();

    /** Hears what happens to runs, on the thread of the guard or of the run. */
    interface Listener {
        void onRunEvent(String task, RunEvent event);

        void onOutput();
    }

    LocalRuns(SchedulerSetup setup, GuardFactory guards, Listener listener) {
        this.node = setup.node();
        this.claimant = setup.claimant();
        this.workDir = setup.workDir();
        this.listener = listener;
        this.history = new RunHistory(setup.node());
        this.files = new RunFiles(setup.dataDir());
        var ears = new Ears();
        this.javaCommand = setup.javaCommand();
        this.calls = new HttpCalls(ears);
        this.javaTasks = new JavaTasks(setup.node(), ears);
        this.secrets = new SecretStarts(
                order -> guard().start(order), (runId, why) -> ears.onRunEvent(new RunEvent.NotStarted(runId, why)));
        this.guard = guards.make(ears);
    }

    Guard guard() {
        return guard;
    }

    RunHistory history() {
        return history;
    }

    void start(Effect.StartRun start) {
        var run = start.run();
        taskOfRun.put(run.id(), start.task());
        // Relative to the config file, whatever directory the node was started in.
        var task = start.task().with(start.task().work().beside(workDir));
        if (task.work() instanceof Work.Http http) {
            calls.start(run, http);
        } else if (task.work() instanceof Work.Java java && !task.isExclusive()) {
            javaTasks.start(run, RunValues.of(run, task).java(java));
        } else {
            startProcess(run, task);
        }
    }

    private void startProcess(Run run, TaskDefinition task) {
        if (!task.policy().output().equals(OutputRule.NONE)) {
            judges.put(run.id(), new OutputJudge(task.policy().output()));
        }
        var order = ProcessOrders.of(new Effect.StartRun(run, task), node, claimant, javaCommand);
        if (task.work() instanceof Work.Command command && !command.secrets().isEmpty()) {
            secrets.start(order, command.secrets());
        } else {
            guard.start(order);
        }
    }

    void stop(Effect.StopRun stop) {
        var task = taskOfRun.get(stop.runId());
        if (task != null && task.work() instanceof Work.Http) {
            calls.stop(stop.runId(), stop.grace());
        } else if (task != null && task.work() instanceof Work.Java && !task.isExclusive()) {
            javaTasks.stop(stop.runId(), stop.grace());
        } else if (!secrets.stop(stop.runId())) {
            guard.stop(stop.runId(), stop.grace().toMillis());
        }
    }

    /** True while a run goes on in this JVM although its stop is overdue. */
    boolean hasDeafRuns() {
        return javaTasks.deaf() > 0;
    }

    void keep(Run run) {
        history.keep(run);
        files.state(run);
        var task = taskOfRun.get(run.id());
        RunLog.tell(run, task != null && task.isService());
        if (run.state().isTerminal()) {
            taskOfRun.remove(run.id());
            // In this order: output that comes late finds no task, rather than a task and no mask.
            secrets.forget(run.id());
            judges.remove(run.id());
        }
    }

    /** Ends the guard, and with it every process that is left. */
    @Override
    public void close() {
        secrets.close();
        calls.close();
        javaTasks.close();
        guard.close();
        files.close();
    }

    private final class Ears implements Guard.Listener, RunThreads.Listener {
        @Override
        public void onReport(GuardReport report) {
            if (report instanceof GuardReport.Output output) {
                onOutput(output.runId(), output.text());
            } else if (report instanceof GuardReport.Started started) {
                onRunEvent(new RunEvent.Started(started.runId(), started.pid()));
            } else if (report instanceof GuardReport.Ended ended) {
                show(ended.runId(), secrets.rest(ended.runId()));
                onRunEvent(judged(ended));
            } else if (report instanceof GuardReport.NotStarted notStarted) {
                onRunEvent(new RunEvent.NotStarted(notStarted.runId(), notStarted.reason()));
            }
        }

        /** A run that failed by its code has its reason; how its output looks says nothing more then. */
        private RunEvent.Ended judged(GuardReport.Ended ended) {
            var task = taskOfRun.get(ended.runId());
            var judge = judges.get(ended.runId());
            boolean counts = task != null && judge != null && task.policy().isSuccess(ended.exitCode());
            return new RunEvent.Ended(ended.runId(), ended.exitCode(), counts && judge != null ? judge.flaw() : "");
        }

        @Override
        public void onGuardLost(String runId) {
            show(runId, secrets.rest(runId));
            onRunEvent(new RunEvent.GuardLost(runId));
        }

        @Override
        public void onRunEvent(RunEvent event) {
            var task = taskOfRun.get(event.runId());
            listener.onRunEvent(task == null ? "" : task.name(), event);
        }

        @Override
        public void onOutput(String runId, String text) {
            show(runId, secrets.shown(runId, text));
        }

        private void show(String runId, String text) {
            var task = taskOfRun.get(runId);
            if (task != null && !text.isEmpty()) {
                Optional.ofNullable(judges.get(runId)).ifPresent(judge -> judge.read(text));
                history.output(task.name(), runId, text);
                files.output(task.name(), text);
                listener.onOutput();
            }
        }
    }
}
