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

    /** The same in a session of its own, deaf to TERM and with an empty environment: only a control group knows it. */
    static final String HAS_HIDDEN_GRANDCHILD = "env -i setsid sh -c 'trap \"\" TERM; echo grandchild $$.;"
            + " while :; do sleep 1; done' & trap '' TERM; " + RUNS_FOR_EVER;
    /** In a session of its own and deaf to TERM, but with the environment it was given. */
    static final String HAS_DEAF_GRANDCHILD = HAS_HIDDEN_GRANDCHILD.replace("env -i ", "");

    private Orders() {}

    static GuardCommand.Start ring(String runId, String script) {
        return order(runId, List.of("/bin/sh", "-c", script), "", false);
    }

    static GuardCommand.Start exclusive(String runId, String script) {
        return order(runId, List.of("/bin/sh", "-c", script), "", true);
    }

    static GuardCommand.Start order(String runId, List<String> argv, String dir, boolean exclusive) {
        var environment = Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                GuardCommand.MARK,
                GuardMain.NODE + "/1/" + UUID.randomUUID() + "/" + runId);
        return new GuardCommand.Start(runId, argv, dir, environment, exclusive);
    }
}
