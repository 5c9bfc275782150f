package io.rota.scheduler.view;

import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskOutline;
import java.util.List;

/**
 * A task file that is not in force anywhere, as far as a node must know it to say what it would change: nothing of it can
 * be run. Immutable.
 *
 * @param revision of the file
 * @param tasks of the file
 */
public record FileOutline(long revision, List<Task> tasks) {
    public FileOutline {
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + " is negative");
        }
        tasks = List.copyOf(tasks);
        if (tasks.stream().map(task -> task.outline().name()).distinct().count() < tasks.size()) {
            throw new IllegalArgumentException("a task is there twice");
        }
    }

    /** The outline of a file. */
    public static FileOutline of(TaskFile file) {
        return new FileOutline(
                file.revision(),
                file.tasks().stream()
                        .map(task -> new Task(TaskOutline.of(task), task.processFingerprint()))
                        .toList());
    }

    /**
     * One task.
     *
     * @param outline what the ring must know of it
     * @param process fingerprint of what a process of it depends on
     */
    public record Task(TaskOutline outline, long process) {}
}
