package io.rota.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** Times and weighs what it is given, in this thread. */
final class Clock {
    private static volatile int seen;

    private Clock() {}

    /** The median and the best of several runs in milliseconds, and the median of this thread's processor time. */
    record Millis(double median, double best, double cpu) {}

    static Millis millis(int runs, Callable<?> work) throws Exception {
        double[] took = new double[runs];
        double[] cpu = new double[runs];
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            long startCpu = thread.getCurrentThreadCpuTime();
            Object result = work.call();
            took[i] = (System.nanoTime() - start) / 1e6;
            cpu[i] = (thread.getCurrentThreadCpuTime() - startCpu) / 1e6;
            use(result);
        }
        Arrays.sort(took);
        Arrays.sort(cpu);
        return new Millis(took[runs / 2], took[0], cpu[runs / 2]);
    }

    /** Bytes that stay on the heap for what the work makes. */
    static long retainedBytes(Callable<?> work) throws Exception {
        long before = usedBytes();
        Object result = work.call();
        long after = usedBytes();
        use(result);
        return after - before;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Keeps a result alive, so that making it is not optimized away. */
    static int use(Object result) {
        int mixed = seen ^ System.identityHashCode(result);
        seen = mixed;
        return mixed;
    }
}
