package io.rota.benchmarks;

import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.guard.ChildList;
import io.rota.scheduler.guard.GuardServer;
import io.rota.scheduler.guard.ProcessId;
import java.io.IOException;
import java.nio.file.Files;

/** A guard's JVM, without the word that it would give at the end. */
final class GuardMain {
    private GuardMain() {}

    public static void main(String[] args) throws IOException {
        long node = ProcessHandle.current().parent().orElseThrow().pid();
        var list = ChildList.open(Files.createTempDirectory("guard"), "bench-" + node, "1", ProcessId.of(node));
        var unused =
                new GuardServer(System.in, System.out, new GuardServer.Setup(LeaseKeeper.LEASE_NANOS, list)).serve();
        list.close();
    }
}
