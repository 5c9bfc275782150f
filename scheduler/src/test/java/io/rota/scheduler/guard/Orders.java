package io.rota.scheduler.guard;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Start orders for shell scripts, each with a mark that no other process on the machine carries. */
final class Orders {
    /** Says that it is up, and goes on for ever. */
    static final String RUNS_FOR_EVER = "echo up; while :; do sleep 0.05; done";
    /** The same, deaf to TERM. */
    static final String IGNORES_TERM = "trap '' TERM; " + RUNS_FOR_EVER;
    /** Leaves behind a grandchild in a session of its own, tells its pid, and goes on. */
    static final String HAS_ESCAPED_GRANDCHILD =
            "setsid sh -c 'echo grandchild $$.; exec sleep 300' & " + RUNS_FOR_EVER;

    private Orders() {}

    static GuardCommand.Start ring(String runId, String script) {
        return order(runId, List.of("/bin/sh", "-c", script), "", false);
    }

    static GuardCommand.Start exclusive(String runId, String script) {
        return order(runId, List.of("/bin/sh", "-c", script), "", true);
    }

    static GuardCommand.Start order(String runId, List<String> argv, String dir, boolean exclusive) {
        var environment = Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin", GuardCommand.MARK, "test/" + UUID.randomUUID() + "/" + runId);
        return new GuardCommand.Start(runId, argv, dir, environment, exclusive);
    }
}
