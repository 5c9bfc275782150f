package io.rota.benchmarks;

import com.sun.management.ThreadMXBean;
import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.Ring;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * Times and bytes of the Rota ring for 1,000,000 tasks on 1,000 nodes, one thread, beside sorting 1,000,000 longs. Judged by
 * the thread's processor time, which does not count the others on the machine.
 */
final class Speed {
    private static final int NODES = 1000;
    private static final int TASKS = 1_000_000;
    private static final int RUNS = 15;
    private static final int LOOKUPS = 4_000_000;

    private final List<RingNode> nodes =
            Schemes.names("node-", NODES).stream().map(RingNode::of).toList();
    private final List<RingTask> tasks =
            Schemes.names("task-", TASKS).stream().map(RingTask::of).toList();

    private final Bars bars;

    Speed(Bars bars) {
        this.bars = bars;
    }

    void print() throws Exception {
        System.out.printf("%nSpeed: %,d tasks, %,d nodes, one thread%n%n", TASKS, NODES);
        Placement placement = Placement.of(nodes, tasks, PlacementSettings.defaults());
        long[] longs = new SplittableRandom(1).longs(TASKS).toArray();
        for (int warmUp = 0; warmUp < 5; warmUp++) {
            Clock.use(placement.withoutNode("node-" + warmUp));
            Clock.use(placement.withNode(RingNode.of("late-" + warmUp)));
        }
        Clock.Millis sort = Clock.millis(RUNS, () -> {
            long[] copy = longs.clone();
            Arrays.sort(copy);
            return copy;
        });
        System.out.println("| what | median ms | best ms | processor ms, median | in sorts |");
        System.out.println("|---|---|---|---|---|");
        print("sorting 1,000,000 longs", sort, sort);
        Clock.Millis leave = Clock.millis(RUNS, () -> placement.withoutNode("node-500"));
        print("after one leave", leave, sort);
        Clock.Millis join = Clock.millis(RUNS, () -> placement.withNode(RingNode.of("late")));
        print("after one join", join, sort);
        print("after one task more", Clock.millis(RUNS, () -> placement.withTask(RingTask.of("late"))), sort);
        print("after one task less", Clock.millis(RUNS, () -> placement.withoutTask("task-500")), sort);
        Clock.Millis cold = Clock.millis(5, () -> Placement.of(nodes, tasks, PlacementSettings.defaults()));
        print("cold", cold, sort);
        bars.meets("processor ms after one leave", leave.cpu(), "50");
        bars.meets("processor ms after one join", join.cpu(), "50");
        bars.meets("processor ms cold", cold.cpu(), "1500");
        System.out.println();
        printLookups(placement);
        printMemory();
    }

    private static void print(String what, Clock.Millis millis, Clock.Millis sort) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.2f |%n",
                what,
                millis.median(),
                millis.best(),
                millis.cpu(),
                millis.cpu() / sort.cpu());
    }

    private void printLookups(Placement placement) throws Exception {
        int[] numbers = new int[4096];
        String[] ids = new String[numbers.length];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < numbers.length; i++) {
            ids[i] = tasks.get(random.nextInt(TASKS)).id();
            numbers[i] = placement.indexOf(ids[i]);
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double byNumber = printLookup("owner of a known task (by its number)", thread, () -> {
            int found = 0;
            for (int i = 0; i < LOOKUPS; i++) {
                found += placement.ownerAt(numbers[i & 4095]).isPresent() ? 1 : 0;
            }
            return found;
        });
        bars.meets("ns for the owner of a known task", byNumber, "10");
        printLookup("owner of a task by its name", thread, () -> {
            int found = 0;
            for (int i = 0; i < LOOKUPS; i++) {
                found += placement.ownerOf(ids[i & 4095]).isPresent() ? 1 : 0;
            }
            return found;
        });
    }

    private double printLookup(String what, ThreadMXBean thread, Callable<Integer> work) throws Exception {
        double millis = Clock.millis(7, work).cpu();
        long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
        Clock.use(work.call());
        long allocated = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f ns, %.3f bytes allocated%n",
                what,
                millis * 1e6 / LOOKUPS,
                (double) allocated / LOOKUPS);
        bars.meets("bytes allocated for the " + what, (double) allocated / LOOKUPS, "0.0");
        return millis * 1e6 / LOOKUPS;
    }

    private void printMemory() throws Exception {
        long ring = Clock.retainedBytes(() -> Ring.of(nodes));
        long all = Clock.retainedBytes(() -> Placement.of(nodes, tasks, PlacementSettings.defaults()));
        bars.meets("bytes a task", (double) (all - ring) / TASKS, "32.0");
        System.out.printf(
                Locale.ROOT,
                "memory: ring %,d KiB, %.1f bytes a task beside the ring and the tasks themselves%n",
                ring / 1024,
                (double) (all - ring) / TASKS);
    }
}
