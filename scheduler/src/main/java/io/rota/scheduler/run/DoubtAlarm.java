package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Engine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whose run in doubt a person must be called for now: the history tells of it when it begins, this one again and
 * again until somebody has decided, each time after the task's {@code in_doubt_repeat}. Confined to the scheduler thread.
 */
final class DoubtAlarm {
    private static final Logger LOG = LoggerFactory.getLogger(DoubtAlarm.class);

    private final Map<String, Long> againNanos = new HashMap<>();

    void call(Collection<Engine.Standing> standings, long nowNanos) {
        for (var held : due(standings, nowNanos)) {
            LOG.error(
                    "a run in doubt waits for a person task={} reason=\"{}\" remedy=\"rota decide {} {}"
                            + " done|not-done|abandon --reason TEXT\"",
                    held.task().name(),
                    held.reason(),
                    held.task().name(),
                    held.run() == null ? "RUN" : held.run().id());
        }
    }

    List<Engine.Standing> due(Collection<Engine.Standing> standings, long nowNanos) {
        var due = new ArrayList<Engine.Standing>();
        for (var standing : standings) {
            var task = standing.task();
            boolean held = standing.run() != null && standing.run().state() == RunState.HELD;
            if (!held) {
                againNanos.remove(task.name());
                continue;
            }
            long repeatNanos = task.doubt().repeat().toNanos();
            long again = againNanos.computeIfAbsent(task.name(), name -> nowNanos + repeatNanos);
            if (nowNanos - again >= 0) {
                againNanos.put(task.name(), nowNanos + repeatNanos);
                due.add(standing);
            }
        }
        return due;
    }
}
