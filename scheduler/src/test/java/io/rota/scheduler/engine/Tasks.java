package io.rota.scheduler.engine;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RestartPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Task definitions for tests. */
public final class Tasks {
    private Tasks() {}

    public static TaskDefinition service(String name) {
        return task(name, new Schedule.Service(), Guarantee.RING);
    }

    public static TaskDefinition exclusive(String name) {
        return task(name, new Schedule.Service(), Guarantee.EXCLUSIVE);
    }

    public static TaskDefinition every(String name, Duration interval) {
        return task(name, new Schedule.Every(interval), Guarantee.RING);
    }

    public static TaskDefinition task(String name, Schedule schedule, Guarantee guarantee) {
        return new TaskDefinition(
                name,
                List.of("true"),
                schedule,
                guarantee,
                RestartPolicy.ALWAYS,
                Duration.ofSeconds(1),
                "",
                new TreeMap<>(),
                new TreeMap<>());
    }
}
