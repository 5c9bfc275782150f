package io.rota.scheduler.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A guard as a JVM of its own, from the class path of the tests. */
final class GuardMain {
    /** The node of all orders of these tests, and of no others that run on the machine. */
    static final String NODE = "test-" + ProcessHandle.current().pid();

    private GuardMain() {}

    /** Arguments: lease, directory, boot, the node's pid, what may hold the tasks, the node's name. */
    public static void main(String[] args) throws IOException {
        var dir = Path.of(args[1]);
        var sweep = new OrphanSweep(dir, args[2]);
        for (var word : sweep.sweep()) {
            Files.writeString(dir.resolve("over-" + Long.toHexString(word.bootId())), word.node());
            sweep.forget(word);
        }
        var parents = Hold.valueOf(args[4]).parents();
        var list = ChildList.open(dir, args[5], args[2], ProcessId.of(Long.parseLong(args[3])), parents);
        new GuardServer(
                        System.in,
                        System.out,
                        new GuardServer.Setup(Duration.parse(args[0]).toNanos(), list))
                .serve();
        list.close();
    }

    /** argv of such a JVM that serves this one, with control groups where the machine lets it. */
    static List<String> command(Duration lease) throws IOException {
        return command(
                lease,
                Files.createTempDirectory("guard"),
                "1",
                ProcessHandle.current().pid(),
                Hold.GROUP);
    }

    /** argv of such a JVM. */
    static List<String> command(Duration lease, Path dir, String boot, long nodePid, Hold hold) {
        return command(List.of(lease.toString(), dir.toString(), boot, Long.toString(nodePid), hold.name(), NODE));
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", File.separator)),
                GuardMain.class.getName()));
        command.addAll(arguments);
        return command;
    }
}
