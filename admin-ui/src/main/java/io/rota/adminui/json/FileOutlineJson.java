package io.rota.adminui.json;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.view.FileOutline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Body of the question what a task file would change: names, tags and fingerprints, and nothing that could be run. */
public record FileOutlineJson(
        @Nullable Long revision, @Nullable List<TaskJson> tasks) {

    /** One task; fingerprints are 16 hex digits. */
    public record TaskJson(
            @Nullable String name,
            @Nullable String fingerprint,
            @Nullable String process,
            @Nullable Map<String, String> tags) {}

    /** What a client sends. */
    public static FileOutlineJson from(FileOutline file) {
        return new FileOutlineJson(
                file.revision(),
                file.tasks().stream()
                        .map(task -> new TaskJson(
                                task.outline().name(),
                                String.format("%016x", task.outline().fingerprint()),
                                String.format("%016x", task.process()),
                                task.outline().tags()))
                        .toList());
    }

    /**
     * What a server has read.
     *
     * @throws IllegalArgumentException with one sentence for the caller
     */
    public FileOutline outline() {
        return new FileOutline(
                revision == null ? 0 : revision,
                tasks == null
                        ? List.of()
                        : tasks.stream().map(FileOutlineJson::task).toList());
    }

    private static FileOutline.Task task(@Nullable TaskJson task) {
        if (task == null
                || task.name() == null
                || !TaskDefinition.isValidName(task.name().replaceFirst("#.*$", ""))) {
            throw new IllegalArgumentException("a task has no valid name");
        }
        var tags = new TreeMap<String, String>();
        if (task.tags() != null) {
            task.tags().forEach((tag, value) -> {
                if (value == null) {
                    throw new IllegalArgumentException("tag " + tag + " of " + task.name() + " is null");
                }
                tags.put(tag, value);
            });
        }
        var outline = new TaskOutline(task.name(), fingerprint(task.name(), task.fingerprint()), tags);
        return new FileOutline.Task(outline, fingerprint(task.name(), task.process()));
    }

    private static long fingerprint(String task, @Nullable String hex) {
        if (hex == null || !hex.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a fingerprint of " + task + " is not 16 hex digits");
        }
        return Long.parseUnsignedLong(hex, 16);
    }
}
