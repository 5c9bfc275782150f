package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.runner.TaskJvm;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs from run to run of a task: in its arguments by placeholder, in its environment by variable. Immutable.
 *
 * @param placeholders by name without braces: {@code param.index}
 * @param variables {@code ROTA_PARAM_INDEX}
 */
record RunValues(Map<String, String> placeholders, Map<String, String> variables) {
    private static final String PARAM = "param.";

    /** The Java task with what this run sets over its own parameters. */
    Work.Java java(Work.Java work) {
        var parameters = new TreeMap<>(work.parameters());
        placeholders.forEach((name, value) -> parameters.put(name.substring(PARAM.length()), value));
        return new Work.Java(work.className(), work.jar(), parameters);
    }

    static RunValues of(Run run, TaskDefinition task) {
        var placeholders = new TreeMap<String, String>();
        var variables = new TreeMap<String, String>();
        task.params().resolve(run.origin().params()).forEach((name, value) -> {
            placeholders.put(PARAM + name, value);
            variables.put(TaskJvm.variable(name), value);
        });
        return new RunValues(placeholders, variables);
    }
}
