package io.rota.scheduler.run;

import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.guard.GuardCommand;
import io.rota.scheduler.runner.TaskJvm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a task process: a few harmless variables of the node, what the definition adds, and what Rota says
 * about the run. Nothing else of the node's environment reaches a task.
 */
final class TaskEnvironment {
    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");
    /** What belongs to the node's own user: the guard, which looks the account up, sets them for another. */
    private static final Set<String> PERSONAL = Set.of("HOME", "USER", "TMPDIR");

    private TaskEnvironment() {}

    static Map<String, String> of(Run run, Work work, RunValues values, String node, String claimant) {
        var environment = new TreeMap<String, String>();
        boolean asOther = work instanceof Work.Command command
                && !command.confinement().user().isEmpty();
        for (var name : INHERITED) {
            var value = System.getenv(name);
            if (value != null && !(asOther && PERSONAL.contains(name))) {
                environment.put(name, value);
            }
        }
        if (work instanceof Work.Command command) {
            environment.putAll(command.environment());
        } else if (work instanceof Work.Java java) {
            java.parameters().forEach((name, value) -> environment.put(TaskJvm.variable(name), value));
        }
        environment.putAll(values.variables());
        environment.put("ROTA_TASK", run.task());
        environment.put("ROTA_RUN_ID", run.id());
        environment.put("ROTA_NODE", node);
        environment.put("ROTA_DUE", Instant.ofEpochMilli(run.dueWallMillis()).toString());
        environment.put("ROTA_ATTEMPT", Integer.toString(run.attempt()));
        run.fencingToken().ifPresent(token -> environment.put("ROTA_TOKEN", Long.toString(token)));
        environment.put(GuardCommand.MARK, claimant + "/" + run.id());
        return environment;
    }
}
