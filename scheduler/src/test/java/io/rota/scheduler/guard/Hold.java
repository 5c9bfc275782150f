package io.rota.scheduler.guard;

import java.nio.file.Files;
import java.util.List;

/** What may hold the processes of a run, as far as this machine has it. */
enum Hold {
    /** A control group of version 2. */
    GROUP,
    /** A control group of version 1, which cannot kill by itself. */
    OLD_GROUP,
    /** Process group and mark. */
    MARK;

    /** Control groups in which a guard may make its own. */
    List<Cgroup> parents() {
        return switch (this) {
            case GROUP -> Cgroup.own().stream().filter(Hold::isVersion2).toList();
            case OLD_GROUP ->
                Cgroup.own().stream().filter(group -> !isVersion2(group)).toList();
            case MARK -> List.of();
        };
    }

    /** True if this machine, and this user, has it. */
    boolean isThere() {
        return this == MARK
                || parents().stream()
                        .anyMatch(group -> Files.isWritable(group.dir().resolve("cgroup.procs")));
    }

    private static boolean isVersion2(Cgroup group) {
        return Files.exists(group.dir().resolve("cgroup.controllers"));
    }
}
