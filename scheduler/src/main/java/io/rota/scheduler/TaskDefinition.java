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
 * @param name unique in the cluster: lower-case letters, digits, dot, dash, underscore; at most 63 characters; that of a
 *     shard has # and its number behind it
 * @param work what a run of it does
 * @param schedule when it is due
 * @param guarantee how strictly one copy only is kept
 * @param restart what to do when a service ends; without meaning for other schedules
 * @param stopGrace time between TERM and KILL, 0 s to 1 h
 * @param tags placement: only nodes that carry all of these are eligible
 * @param rebalance when it moves to a node that the ring prefers
 * @param policy how runs of a task with a schedule are treated
 * @param share what a run takes of its node's slots; without meaning for a service
 * @param params what an order may set; a task that is due at instants has a default for each
 * @param doubt what happens to a run that is in doubt; without meaning below level once
 */
public record TaskDefinition(
        String name,
        Work work,
        Schedule schedule,
        Guarantee guarantee,
        RestartPolicy restart,
        Duration stopGrace,
        SortedMap<String, String> tags,
        Rebalance rebalance,
        RunPolicy policy,
        Share share,
        Params params,
        DoubtPolicy doubt) {

    /** Time between TERM and KILL where the file says nothing. */
    public static final Duration STANDARD_STOP_GRACE = Duration.ofSeconds(3);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    /** What the name of a shard has behind the name of its task, see {@link Shards}. */
    private static final Pattern SHARD = Pattern.compile("#[0-9]{1,3}$");

    public TaskDefinition {
        if (!isValidName(SHARD.matcher(name).replaceFirst(""))) {
            throw new IllegalArgumentException("task name \"" + name + "\" does not match " + NAME.pattern());
        }
        if (stopGrace.isNegative() || stopGrace.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "stop grace " + stopGrace + " of task " + name + " is not within 0s..1h");
        }
        if (guarantee.needsClaim() && policy.overlap() == Overlap.ALLOW) {
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
        if (guarantee == Guarantee.ONCE) {
            requireOnce(name, schedule, policy);
        }
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    private static void requireOnce(String name, Schedule schedule, RunPolicy policy) {
        if (schedule instanceof Schedule.Service) {
            throw new IllegalArgumentException("service " + name + " cannot be of level once: it has no occurrences");
        }
        if (policy.overlap() == Overlap.REPLACE) {
            throw new IllegalArgumentException("task " + name + " of level once cannot be cut off for the next run");
        }
        if (policy.retries().max() > 0) {
            throw new IllegalArgumentException("task " + name + " of level once cannot be tried again");
        }
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
                Rebalance.standard(schedule),
                RunPolicy.standard(schedule),
                Share.STANDARD,
                Params.NONE,
                DoubtPolicy.STANDARD);
    }

    /** This task at another level. */
    public TaskDefinition with(Guarantee other) {
        return new TaskDefinition(
                name, work, schedule, other, restart, stopGrace, tags, rebalance, policy, share, params, doubt);
    }

    /** This task with another rule for the end of a service. */
    public TaskDefinition with(RestartPolicy other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, other, stopGrace, tags, rebalance, policy, share, params, doubt);
    }

    /** This task with another rule for moves. */
    public TaskDefinition with(Rebalance other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, tags, other, policy, share, params, doubt);
    }

    /** This task with another policy. */
    public TaskDefinition with(RunPolicy other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, tags, rebalance, other, share, params, doubt);
    }

    /** This task with another rule for runs in doubt. */
    public TaskDefinition with(DoubtPolicy other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, tags, rebalance, policy, share, params, other);
    }

    /** This task doing something else. */
    public TaskDefinition with(Work other) {
        return new TaskDefinition(
                name, other, schedule, guarantee, restart, stopGrace, tags, rebalance, policy, share, params, doubt);
    }

    /** This task with another time between TERM and KILL. */
    public TaskDefinition withStopGrace(Duration other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, other, tags, rebalance, policy, share, params, doubt);
    }

    /** This task on nodes with these tags only. */
    public TaskDefinition withTags(SortedMap<String, String> other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, other, rebalance, policy, share, params, doubt);
    }

    /** This task under another name, doing other work. */
    TaskDefinition as(String otherName, Work otherWork) {
        return new TaskDefinition(
                otherName, otherWork, schedule, guarantee, restart, stopGrace, tags, rebalance, policy, share, params,
                doubt);
    }

    /** This task with another share of its node. */
    public TaskDefinition with(Share other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, tags, rebalance, policy, other, params, doubt);
    }

    /** This task with these parameters. */
    public TaskDefinition with(Params other) {
        return new TaskDefinition(
                name, work, schedule, guarantee, restart, stopGrace, tags, rebalance, policy, share, other, doubt);
    }

    /** True if this can be the name of a task. */
    public static boolean isValidName(String name) {
        return NAME.matcher(name).matches();
    }

    /** True for a task whose claim the arbiters must grant before each start. */
    public boolean isExclusive() {
        return guarantee.needsClaim();
    }

    /** True for a task whose occurrences start at most once. */
    public boolean isOnce() {
        return guarantee == Guarantee.ONCE;
    }

    /** True for a task that has no end of its own. */
    public boolean isService() {
        return schedule instanceof Schedule.Service;
    }

    /** True if a process of this definition is as good as one of the other: neither work nor guarantee differ. */
    public boolean runsLike(TaskDefinition other) {
        return work.equals(other.work) && guarantee == other.guarantee && isService() == other.isService();
    }

    /** Fingerprint of what {@link #runsLike} compares. */
    public long processFingerprint() {
        var crc = new CRC32C();
        crc.update(String.join("\u0000", work.toString(), guarantee.name(), String.valueOf(isService()))
                .getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
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
                rebalance.name(),
                policy.toString(),
                share.toString(),
                params.toString(),
                doubt.toString());
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
