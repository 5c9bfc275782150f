package io.rota.node;

import io.rota.node.jvm.OwnJvm;
import io.rota.scheduler.runner.TaskJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Main of a JVM that runs one Java task of a level above ring; started by the guard only. */
@Command(name = "java-task", hidden = true, description = "Runs one Java task; started by the guard of a node itself.")
final class JavaTaskCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "JAR")
    private Path jar = Path.of("");

    @Parameters(index = "1", paramLabel = "CLASS")
    private String className = "";

    /** argv of such a JVM, with JAR and class to follow; {@code JAVA_TOOL_OPTIONS} of the node does not reach it. */
    static List<String> argv() {
        return OwnJvm.command(List.of("-XX:+UseSerialGC"), List.of("java-task"));
    }

    @Override
    public Integer call() {
        return TaskJvm.run(jar, className, System.getenv(), System.out);
    }
}
