package io.rota.scheduler.runner;

import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.loop.Ticker;
import java.time.Duration;
import java.time.Instant;

/**
 * The Java tasks that run in the node's own JVM: at most 256 at once, each on a thread of its own. A stop interrupts.
 * Thread-safe; does not block.
 */
public final class JavaTasks implements AutoCloseable {
    private static final RunThreads.Limits LIMITS = new RunThreads.Limits(256, 10_000, Duration.ofSeconds(30));
    private static final long SWEEP_MILLIS = 10_000;

    private final String node;
    private final PluginJars jars = new PluginJars(System::nanoTime);
    private final Ticker sweep = new Ticker("plugin-jars", 1);
    private final RunThreads threads;

    public JavaTasks(String node, RunThreads.Listener listener) {
        this.node = node;
        this.threads = new RunThreads("java-tasks", LIMITS, listener);
        sweep.every(SWEEP_MILLIS, jars::closeIdle);
    }

    /** Runs the task as soon as a thread is free; answered by events. */
    public void start(Run run, Work.Java work) {
        var facts = new RunContext.Facts(
                run.task(),
                run.id(),
                node,
                Instant.ofEpochMilli(run.dueWallMillis()),
                run.attempt(),
                run.fencingToken(),
                work.parameters());
        threads.start(run.id(), new JavaCall(jars, work, facts));
    }

    /** Interrupts the run; one that ignores it is reported as not stopped. */
    public void stop(String runId, Duration grace) {
        threads.stop(runId, grace);
    }

    /** Runs that go on although they were interrupted and their grace is over. */
    public int deaf() {
        return threads.deaf();
    }

    /** Interrupts what is under way; the end of the JVM ends what ignores that. */
    @Override
    public void close() {
        sweep.close();
        threads.close();
        jars.close();
    }
}
