package io.rota.scheduler.run;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunEvent;
import io.rota.scheduler.guard.GuardCommand;
import io.rota.scheduler.runner.HttpCalls;
import io.rota.scheduler.runner.JavaTasks;
import io.rota.scheduler.runner.RunThreads;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task here, now and alone, for its author: with the environment, directory and timeout that a node would give it,
 * and its output on the terminal. No cluster knows of it: no claim, no lease, no token, no record, no guard, no second try.
 */
public final class RunAlone {
    /** Exit code of a run that was stopped since its time was up, as of the timeout command. */
    static final int TIMED_OUT = 124;

    private static final int NOT_STARTED = 127;

    private final TaskDefinition task;
    private final String node;
    private final List<String> javaCommand;
    private final PrintStream out;

    /**
     * @param node name that the task is told
     * @param javaCommand argv of a JVM that runs a Java task; JAR and class follow
     * @param out takes the output of what is no process, and what is to be said about the run
     */
    public RunAlone(TaskDefinition task, String node, List<String> javaCommand, PrintStream out) {
        this.task = task;
        this.node = node;
        this.javaCommand = List.copyOf(javaCommand);
        this.out = out;
    }

    /**
     * Runs it; blocks until it has ended. A process inherits stdout and stderr of this one.
     *
     * @param params values for the params that the task declares
     * @return its exit code; 124 if its time was up, 127 if it could not be started
     * @throws IllegalArgumentException with a reason for a person if a param is unknown, missing or does not fit
     */
    public int run(SortedMap<String, String> params) throws InterruptedException {
        var run = Run.byHand(task.name(), System.currentTimeMillis(), params);
        if (task.work() instanceof Work.Http || (task.work() instanceof Work.Java && !task.isExclusive())) {
            return onThread(run);
        }
        tellConfinement();
        return asProcess(ProcessOrders.of(new Effect.StartRun(run, task), node, node + "/by-hand", javaCommand));
    }

    private void tellConfinement() {
        var confinement = task.work() instanceof Work.Command command ? command.confinement() : Confinement.NONE;
        if (!confinement.user().isEmpty()) {
            out.println("rota: it runs as you, where a node would run it as user " + confinement.user());
        }
        if (!confinement.limits().equals(Limits.NONE)) {
            out.println("rota: its limits are not set here");
        }
    }

    private long limitMillis() {
        var timeout = task.policy().timeout();
        return timeout.isZero() ? Long.MAX_VALUE : timeout.toMillis();
    }

    private int asProcess(GuardCommand.Start order) throws InterruptedException {
        var builder = new ProcessBuilder(order.argv()).inheritIO();
        if (!order.workingDir().isEmpty()) {
            builder.directory(new File(order.workingDir()));
        }
        builder.environment().clear();
        builder.environment().putAll(order.environment());
        try {
            if (task.work() instanceof Work.Command command) {
                builder.environment().putAll(SecretValues.read(command.secrets(), System::getenv));
            }
            var process = builder.start();
            var end = new Thread(() -> killAll(process), "end");
            Runtime.getRuntime().addShutdownHook(end);
            if (process.waitFor(limitMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            process.destroy();
            process.waitFor(task.stopGrace().toMillis(), TimeUnit.MILLISECONDS);
            killAll(process);
            process.waitFor();
            return timedOut();
        } catch (IOException e) {
            out.println("rota: " + e.getMessage());
            return NOT_STARTED;
        }
    }

    /** No guard is there to see to what it has started. */
    private static void killAll(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private int timedOut() {
        out.println("rota: it ran longer than its timeout, "
                + task.policy().timeout().toSeconds() + " s");
        return TIMED_OUT;
    }

    private int onThread(Run run) throws InterruptedException {
        var ended = new CompletableFuture<RunEvent.Ended>();
        var ears = new Ears(ended);
        try (var calls = new HttpCalls(ears);
                var javaTasks = new JavaTasks(node, ears)) {
            if (task.work() instanceof Work.Http http) {
                calls.start(run, http);
            } else if (task.work() instanceof Work.Java java) {
                javaTasks.start(run, RunValues.of(run, task).java(java));
            }
            var end = await(ended, limitMillis());
            if (end != null) {
                if (!end.reason().isEmpty()) {
                    out.println("rota: " + end.reason());
                }
                return end.exitCode();
            }
            calls.stop(run.id(), task.stopGrace());
            javaTasks.stop(run.id(), task.stopGrace());
            if (await(ended, Math.max(1, task.stopGrace().toMillis())) == null) {
                out.println("rota: it ignores the interrupt");
            }
            return timedOut();
        }
    }

    private static RunEvent.@Nullable Ended await(CompletableFuture<RunEvent.Ended> ended, long millis)
            throws InterruptedException {
        try {
            return ended.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("only ever completed with an end", e);
        }
    }

    private final class Ears implements RunThreads.Listener {
        private final CompletableFuture<RunEvent.Ended> ended;

        Ears(CompletableFuture<RunEvent.Ended> ended) {
            this.ended = ended;
        }

        @Override
        public void onRunEvent(RunEvent event) {
            if (event instanceof RunEvent.Ended end) {
                ended.complete(end);
            } else if (event instanceof RunEvent.NotStarted not) {
                ended.complete(new RunEvent.Ended(not.runId(), NOT_STARTED, not.reason()));
            }
        }

        @Override
        public void onOutput(String runId, String text) {
            out.print(text);
            out.flush();
        }
    }
}
