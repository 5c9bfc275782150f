package io.rota.hashing;

import java.util.Collection;
import java.util.Set;

/**
 * The tasks in ring order (position, then id), each with an index that the arrays of the placement use. Promises the same
 * indexes for the same set, in whatever order it was given. Refuses a repeated id. Immutable; costs nine bytes for a task
 * beside the reference to it, and four more each where selectors or spread groups are used.
 */
final class SortedTasks {
    /** Above this the caps' arithmetic would overflow. */
    private static final int MAX_TASKS = 1 << 24;

    private final long[] positions;
    private final RingTask[] tasks;
    private final PositionIndex index;
    private final TaskTraits traits;

    private SortedTasks(long[] positions, RingTask[] tasks, TaskTraits traits) {
        if (tasks.length > MAX_TASKS) {
            throw new RingInputException.OutOfRange("number of tasks", tasks.length, 0, MAX_TASKS);
        }
        this.positions = positions;
        this.tasks = tasks;
        this.index = new PositionIndex(positions);
        this.traits = traits;
    }

    static SortedTasks of(Collection<RingTask> unsorted) {
        RingTask[] given = unsorted.toArray(RingTask[]::new);
        long[] positions = new long[given.length];
        int[] order = new int[given.length];
        for (int i = 0; i < given.length; i++) {
            positions[i] = Ring.positionOf(given[i].id());
            order[i] = i;
        }
        PositionSort.sort(positions, order);
        RingTask[] tasks = new RingTask[given.length];
        for (int i = 0; i < given.length; i++) {
            tasks[i] = given[order[i]];
        }
        sortTies(positions, tasks);
        return new SortedTasks(positions, tasks, TaskTraits.of(tasks));
    }

    private static void sortTies(long[] positions, RingTask[] tasks) {
        for (int i = 1; i < tasks.length; i++) {
            for (int j = i; j > 0 && positions[j - 1] == positions[j]; j--) {
                int order = tasks[j - 1].id().compareTo(tasks[j].id());
                if (order == 0) {
                    throw new RingInputException.DuplicateTask(tasks[j].id());
                }
                if (order < 0) {
                    break;
                }
                RingTask later = tasks[j - 1];
                tasks[j - 1] = tasks[j];
                tasks[j] = later;
            }
        }
    }

    /** The same tasks without some and with others; a task that is removed and added is replaced. */
    SortedTasks changed(Set<String> removed, Collection<RingTask> added) {
        SortedTasks fresh = of(added);
        int[] gone = removed.stream()
                .mapToInt(this::indexOf)
                .filter(i -> i >= 0)
                .sorted()
                .toArray();
        int size = tasks.length - gone.length + fresh.size();
        long[] newPositions = new long[size];
        RingTask[] newTasks = new RingTask[size];
        int to = 0;
        int at = 0;
        int skipped = 0;
        for (int i = 0; i < tasks.length; i++) {
            if (skipped < gone.length && gone[skipped] == i) {
                skipped++;
                continue;
            }
            while (at < fresh.size() && Long.compareUnsigned(fresh.positions[at], positions[i]) <= 0) {
                newPositions[to] = fresh.positions[at];
                newTasks[to++] = fresh.tasks[at++];
            }
            newPositions[to] = positions[i];
            newTasks[to++] = tasks[i];
        }
        System.arraycopy(fresh.positions, at, newPositions, to, fresh.size() - at);
        System.arraycopy(fresh.tasks, at, newTasks, to, fresh.size() - at);
        sortTies(newPositions, newTasks);
        boolean isKnown = size > 0 && traits.coverAlso(fresh.traits);
        return new SortedTasks(newPositions, newTasks, isKnown ? traits : TaskTraits.of(newTasks));
    }

    int size() {
        return tasks.length;
    }

    RingTask task(int i) {
        return tasks[i];
    }

    String id(int i) {
        return tasks[i].id();
    }

    long position(int i) {
        return positions[i];
    }

    long[] positions() {
        return positions;
    }

    TaskTraits traits() {
        return traits;
    }

    /** Index of the task, or negative if it is not one of these; allocates nothing for short ASCII ids. */
    int indexOf(String id) {
        long position = Ring.positionOf(id);
        for (int i = index.lowerBound(position); i < positions.length && positions[i] == position; i++) {
            if (tasks[i].id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
