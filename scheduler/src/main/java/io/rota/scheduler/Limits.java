package io.rota.scheduler;

/**
 * What the processes of one run may take of their machine at most; 0 is no limit. Memory, processors and the number of
 * processes count for all processes of the run together where the kernel can do that (a control group of version 2 with
 * the controller), open files for each process alone. Immutable.
 *
 * @param memoryBytes memory, 4 MiB to 4 TiB; without a control group the data of each process alone
 * @param cpusMilli processor time in thousandths of one processor, 10 to 1,024,000; nothing without a control group
 * @param openFiles files open at once in one process, 16 to 1,048,576
 * @param processes processes and threads at once, 1 to 1,000,000; nothing without a control group
 */
public record Limits(long memoryBytes, int cpusMilli, int openFiles, int processes) {
    public static final Limits NONE = new Limits(0, 0, 0, 0);

    public static final long MIN_MEMORY_BYTES = 4L << 20;
    public static final long MAX_MEMORY_BYTES = 4L << 40;
    public static final int MIN_CPUS_MILLI = 10;
    public static final int MAX_CPUS_MILLI = 1_024_000;
    /** What the programs need that lead up to the task's own. */
    public static final int MIN_OPEN_FILES = 16;

    public static final int MAX_OPEN_FILES = 1 << 20;
    public static final int MAX_PROCESSES = 1_000_000;

    public Limits {
        check("memory", memoryBytes, MIN_MEMORY_BYTES, MAX_MEMORY_BYTES);
        check("cpus", cpusMilli, MIN_CPUS_MILLI, MAX_CPUS_MILLI);
        check("open files", openFiles, MIN_OPEN_FILES, MAX_OPEN_FILES);
        check("processes", processes, 1, MAX_PROCESSES);
    }

    private static void check(String what, long value, long min, long max) {
        if (value != 0 && (value < min || value > max)) {
            throw new IllegalArgumentException("limit of " + what + " " + value + " is not within " + min + ".." + max);
        }
    }
}
