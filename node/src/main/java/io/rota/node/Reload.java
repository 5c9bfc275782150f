package io.rota.node;

import io.rota.node.config.NodeConfig;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.run.TaskFiles;
import io.rota.scheduler.view.CommandOutcome;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the tasks of another config file can be taken over by a node that runs, and what that changes. What else differs
 * in the file takes a restart, and is said so. Immutable.
 *
 * @param startedWith the config that the node was started with
 * @param files holds the tasks in force here
 */
record Reload(NodeConfig startedWith, TaskFiles files) {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /**
     * Takes the file over, or says why not.
     *
     * @param onTasks told if the tasks are not the same
     */
    CommandOutcome take(NodeConfig next, Consumer<TaskFile> onTasks) {
        var after = next.taskFile();
        var tooLarge = after.tasks().stream()
                .filter(task -> !startedWith.node().slots().canHold(task.share()))
                .map(TaskDefinition::name)
                .toList();
        if (!tooLarge.isEmpty()) {
            LOG.error(
                    "nothing is taken over: these tasks need more slots than this node was started with tasks={}"
                            + " remedy=\"start the node again\"",
                    tooLarge);
            return new CommandOutcome.ReloadRefused(
                    List.of("these tasks need more slots than the node was started with: " + String.join(", ", tooLarge)
                            + " (start the node again)"));
        }
        boolean needsRestart = !startedWith.differsInTasksOnly(next);
        if (needsRestart) {
            LOG.warn("the file differs in more than tasks: cluster and node settings are taken over at the next start");
        }
        var before = files.own();
        var change = TaskFileChange.between(before, after);
        if (before.equals(after)) {
            LOG.info("config file read again: the tasks are the same revision={}", after.revision());
        } else {
            LOG.info("config file read again: {}", change.inWords());
            OwnAccounts.check(after.tasks());
            files.replace(after);
            onTasks.accept(after);
        }
        return new CommandOutcome.Reloaded(change, after.revision(), needsRestart);
    }
}
