package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.engine.Run;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What differs from run to run of a task: in its arguments by placeholder, in its environment by variable. Immutable.
 *
 * @param placeholders by name without braces: {@code param.index}
 * @param variables {@code ROTA_PARAM_INDEX}
 */
record RunValues(Map<String, String> placeholders, Map<String, String> variables) {

    static RunValues of(Run run, TaskDefinition task) {
        var placeholders = new TreeMap<String, String>();
        var variables = new TreeMap<String, String>();
        task.params().resolve(run.origin().params()).forEach((name, value) -> {
            placeholders.put("param." + name, value);
            variables.put("ROTA_PARAM_" + name.toUpperCase(Locale.ROOT), value);
        });
        return new RunValues(placeholders, variables);
    }
}
