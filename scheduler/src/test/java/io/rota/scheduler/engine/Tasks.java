package io.rota.scheduler.engine;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Overlap;
import io.rota.scheduler.Retries;
import io.rota.scheduler.RunPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.Work;
import io.rota.scheduler.cron.CronTimes;
import io.rota.scheduler.cron.DstRule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

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
        var work = new Work.Command(List.of("true"), "", new TreeMap<>());
        return TaskDefinition.of(name, work, schedule).with(guarantee).withStopGrace(Duration.ofSeconds(1));
    }

    /** Due when a cron expression says so, in a time zone; never made up for, unless a policy says otherwise. */
    public static TaskDefinition cron(String name, String expression, String zone) {
        var times = CronTimes.parse(expression, name, ZoneId.of(zone), DstRule.ONCE);
        return task(name, new Schedule.Cron(times, Duration.ZERO), Guarantee.RING);
    }

    public static RunPolicy policy(Overlap overlap, CatchUp catchUp, Duration startDeadline) {
        return new RunPolicy(overlap, catchUp, startDeadline, Duration.ZERO, Retries.none(), new TreeSet<>(List.of(0)));
    }

    /** The standard policy with retries after 1 s, 2 s, 4 s and so on, without chance. */
    public static RunPolicy retrying(int max, Duration timeout, Integer... successCodes) {
        var retries = new Retries(max, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0);
        return new RunPolicy(
                Overlap.SKIP, CatchUp.NONE, RunPolicy.PROMPT, timeout, retries, new TreeSet<>(List.of(successCodes)));
    }
}
