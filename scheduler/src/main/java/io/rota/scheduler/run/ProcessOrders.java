package io.rota.scheduler.run;

import io.rota.scheduler.Placeholders;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.guard.GuardCommand;
import java.util.ArrayList;
import java.util.List;

/** What the guard is told to start for a run that is a process: a command, or a JVM of its own for a Java task. */
final class ProcessOrders {
    private ProcessOrders() {}

    /** @param javaCommand argv of a JVM that runs a Java task; JAR and class follow */
    static GuardCommand.Start of(Effect.StartRun start, String node, String claimant, List<String> javaCommand) {
        var run = start.run();
        var work = start.task().work();
        var values = RunValues.of(run, start.task());
        var environment = TaskEnvironment.of(run, work, values, node, claimant);
        boolean exclusive = start.task().isExclusive();
        if (work instanceof Work.Command command) {
            return new GuardCommand.Start(
                    run.id(),
                    Placeholders.fill(command.command(), values.placeholders()),
                    command.workingDir(),
                    environment,
                    exclusive,
                    command.confinement());
        }
        if (work instanceof Work.Java java) {
            var argv = new ArrayList<>(javaCommand);
            argv.add(java.jar());
            argv.add(java.className());
            return new GuardCommand.Start(run.id(), argv, "", environment, exclusive);
        }
        throw new IllegalStateException("no process for " + work);
    }
}
