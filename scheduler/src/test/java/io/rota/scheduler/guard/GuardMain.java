package io.rota.scheduler.guard;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A guard as a JVM of its own, from the class path of the tests. */
final class GuardMain {
    private GuardMain() {}

    public static void main(String[] args) {
        new GuardServer(System.in, System.out, Duration.parse(args[0]).toNanos()).serve();
    }

    /** argv of such a JVM. */
    static List<String> command(Duration lease) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", File.separator)),
                GuardMain.class.getName(),
                lease.toString());
    }
}
