package io.rota.node.jvm;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Command lines for another JVM of the same build as this one. */
public final class OwnJvm {
    private static final String MAIN = "io.rota.node.Main";

    private OwnJvm() {}

    /** argv that runs Rota's main with these JVM options and arguments, from whatever directory. */
    public static List<String> command(List<String> jvmOptions, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse(System.getProperty("java.home") + "/bin/java"));
        command.addAll(jvmOptions);
        var classPath = classPath();
        // As a JAR its manifest counts, which opens to Hazelcast what it asks for.
        command.addAll(isOneJar(classPath) ? List.of("-jar", classPath) : List.of("-cp", classPath, MAIN));
        command.addAll(arguments);
        return command;
    }

    private static boolean isOneJar(String classPath) {
        return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
