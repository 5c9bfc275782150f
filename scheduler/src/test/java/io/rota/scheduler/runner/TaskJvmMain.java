package io.rota.scheduler.runner;

import java.nio.file.Path;

/** A JVM of its own for one Java task, as the node's hidden command makes it. */
final class TaskJvmMain {
    private TaskJvmMain() {}

    public static void main(String[] args) {
        System.exit(TaskJvm.run(Path.of(args[0]), args[1], System.getenv(), System.out));
    }
}
