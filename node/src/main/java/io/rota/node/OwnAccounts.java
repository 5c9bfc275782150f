package io.rota.node;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.guard.Privileges;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at once, not only when a run is due, which tasks this node cannot run in the name of their user. */
final class OwnAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAccounts.class);

    private OwnAccounts() {}

    static void check(List<TaskDefinition> tasks) {
        var privileges = Privileges.here();
        Map<String, List<String>> byUser = tasks.stream()
                .filter(task -> !userOf(task).isEmpty())
                .collect(Collectors.groupingBy(
                        OwnAccounts::userOf, Collectors.mapping(TaskDefinition::name, Collectors.toList())));
        byUser.forEach((user, names) -> privileges
                .refusal(user)
                .ifPresent(why -> LOG.warn("these tasks fail on this node: {} tasks={}", why, names)));
    }

    private static String userOf(TaskDefinition task) {
        return task.work() instanceof Work.Command command
                ? command.confinement().user()
                : "";
    }
}
