package io.rota.scheduler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * One task as the config file defines it. Immutable.
 *
 * @param name unique in the cluster: lower-case letters, digits, dot, dash, underscore; at most 63 characters
 * @param work what a run of it does
 * @param schedule when it is due
 * @param guarantee how strictly one copy only is kept
 * @param restart what to do when a service ends; without meaning for other schedules
 * @param stopGrace time between TERM and KILL, 0 s to 1 h
 * @param tags placement: only nodes that carry all of these are eligible
 * @param policy how runs of a task with a schedule are treated
 * @param params what an order may set; a task that is due at instants has a default for each
 */
public record TaskDefinition(
        String name,
        Work work,
        Schedule schedule,
        Guarantee guarantee,
        RestartPolicy restart,
        Duration stopGrace,
        SortedMap<String, String> tags,
        RunPolicy policy,
        Params params) {

    /** Time between TERM and KILL where the file says nothing. */
    public static final Duration STANDARD_STOP_GRACE = Duration.ofSeconds(3);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public TaskDefinition {
        if (!isValidName(name)) {
            throw new IllegalArgumentException("task name \"" + name + "\" does not match " + NAME.pattern());
        }
        if (stopGrace.isNegative() || stopGrace.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "stop grace " + stopGrace + " of task " + name + " is not within 0s..1h");
        }
        if (guarantee == Guarantee.EXCLUSIVE && policy.overlap() == Overlap.ALLOW) {
            throw new IllegalArgumentException("exclusive task " + name + " cannot allow runs to overlap");
        }
        if (work instanceof Work.Http) {
            checkHttp(name, schedule, guarantee, policy);
        }
        if (isService() && !params.declared().isEmpty()) {
            throw new IllegalArgumentException("service " + name + " cannot declare params");
        }
        if (!(schedule instanceof Schedule.Manual) && !params.haveDefaults()) {
            throw new IllegalArgumentException("a param of task " + name + " has no default");
        }
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Nothing on this side ends what a call has set off on the other: no certificate, no KILL. */
    private static void checkHttp(String name, Schedule schedule, Guarantee guarantee, RunPolicy policy) {
        if (guarantee != Guarantee.RING) {
            throw new IllegalArgumentException("HTTP task " + name + " can only be of level ring");
        }
        if (schedule instanceof Schedule.Service || policy.timeout().isZero()) {
            throw new IllegalArgumentException("HTTP task " + name + " needs a schedule and a timeout");
        }
    }

    /** A task of which the file says no more than this. */
    public static TaskDefinition of(String name, Work work, Schedule schedule) {
        return new TaskDefinition(
                name,
                work,
                schedule,
                Guarantee.RING,
                RestartPolicy.ALWAYS,
                STANDARD_STOP_GRACE,
                new TreeMap<>(),
                RunPolicy.standard(schedule),
                Params.NONE);
    }

    /** This task at another level. */
    public TaskDefinition with(Guarantee other) {
        return new TaskDefinition(name, work, schedule, other, restart, stopGrace, tags, policy, params);
    }

    /** This task with another rule for the end of a service. */
    public TaskDefinition with(RestartPolicy other) {
        return new TaskDefinition(name, work, schedule, guarantee, other, stopGrace, tags, policy, params);
    }

    /** This task with another policy. */
    public TaskDefinition with(RunPolicy other) {
        return new TaskDefinition(name, work, schedule, guarantee, restart, stopGrace, tags, other, params);
    }

    /** This task with another time between TERM and KILL. */
    public TaskDefinition withStopGrace(Duration other) {
        return new TaskDefinition(name, work, schedule, guarantee, restart, other, tags, policy, params);
    }

    /** This task on nodes with these tags only. */
    public TaskDefinition withTags(SortedMap<String, String> other) {
        return new TaskDefinition(name, work, schedule, guarantee, restart, stopGrace, other, policy, params);
    }

    /** This task with these parameters. */
    public TaskDefinition with(Params other) {
        return new TaskDefinition(name, work, schedule, guarantee, restart, stopGrace, tags, policy, other);
    }

    /** True if this can be the name of a task. */
    public static boolean isValidName(String name) {
        return NAME.matcher(name).matches();
    }

    /** True for a task whose claim the arbiters must grant before each start. */
    public boolean isExclusive() {
        return guarantee == Guarantee.EXCLUSIVE;
    }

    /** True for a task that has no end of its own. */
    public boolean isService() {
        return schedule instanceof Schedule.Service;
    }

    /** Fingerprint of all that a run depends on; equal definitions have equal fingerprints on every node. */
    public long fingerprint() {
        var text = String.join(
                "\u0000",
                name,
                work.toString(),
                schedule.inWords(),
                guarantee.name(),
                restart.name(),
                stopGrace.toString(),
                tags.toString(),
                policy.toString(),
                params.toString());
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
