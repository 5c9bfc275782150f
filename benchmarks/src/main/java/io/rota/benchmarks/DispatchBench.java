package io.rota.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a second on one node: no-op Java runs and processes of {@code true}, by Rota's engine, runners and guard, and by
 * Quartz with its RAM store, one after the other in one JVM. 3,000 and 200 fall due in a second; the figure is how many of
 * them were done. Rota keeps a record of each run on disk, and its guard proves that all of a process is gone.
 */
public final class DispatchBench {
    private static final int JAVA_TASKS = 300;
    private static final int PROCESS_TASKS = 20;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 10;

    private DispatchBench() {}

    /** Something that does the same work again and again, every 100 ms for each of its tasks, until it is closed. */
    interface Dispatch extends AutoCloseable {
        /** Runs that have ended so far. */
        long ended();

        @Override
        void close();
    }

    public static void main(String[] args) throws Exception {
        System.out.println("Java " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; " + SECONDS + " s after "
                + WARM_UP_SECONDS + " s of warm-up");
        Path dir = Files.createTempDirectory("rota-dispatch");
        System.out.printf("%-46s %10s %10s%n", "runs/s", "Rota", "Quartz");
        line(
                JAVA_TASKS + " no-op Java tasks",
                RotaDispatch.ofJava(dir.resolve("java"), JAVA_TASKS),
                QuartzDispatch.ofJava(JAVA_TASKS));
        line(
                PROCESS_TASKS + " tasks that run the process true",
                RotaDispatch.ofProcesses(dir.resolve("processes"), PROCESS_TASKS),
                QuartzDispatch.ofProcesses(PROCESS_TASKS));
        System.exit(0);
    }

    /** What is to be started when its turn has come. */
    interface Start {
        Dispatch start() throws Exception;
    }

    private static void line(String what, Start rota, Start quartz) throws Exception {
        System.out.printf(
                Locale.ROOT, "%-46s %10.0f %10.0f%n", what + ", each due 10 times a s", rate(rota), rate(quartz));
    }

    private static void pass(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static double rate(Start start) throws Exception {
        try (var dispatch = start.start()) {
            pass(WARM_UP_SECONDS);
            long before = dispatch.ended();
            long nanos = System.nanoTime();
            pass(SECONDS);
            return (dispatch.ended() - before) * 1e9 / (System.nanoTime() - nanos);
        }
    }
}
