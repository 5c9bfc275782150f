package io.rota.scheduler;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * One task as the config file defines it. Immutable.
 *
 * @param name unique in the cluster: lower-case letters, digits, dot, dash, underscore; at most 63 characters
 * @param command argv; the first word is the program
 * @param schedule when it is due
 * @param guarantee how strictly one copy only is kept
 * @param restart what to do when a service ends; without meaning for other schedules
 * @param stopGrace time between TERM and KILL, 0 s to 1 h
 * @param workingDir directory to run in; empty means the node's own
 * @param environment variables added to the scrubbed environment
 * @param tags placement: only nodes that carry all of these are eligible
 * @param policy how runs of a task with a schedule are treated
 */
public record TaskDefinition(
        String name,
        List<String> command,
        Schedule schedule,
        Guarantee guarantee,
        RestartPolicy restart,
        Duration stopGrace,
        String workingDir,
        SortedMap<String, String> environment,
        SortedMap<String, String> tags,
        RunPolicy policy) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public TaskDefinition {
        if (!isValidName(name)) {
            throw new IllegalArgumentException("task name \"" + name + "\" does not match " + NAME.pattern());
        }
        if (command.isEmpty()) {
            throw new IllegalArgumentException("task " + name + " has an empty command");
        }
        if (stopGrace.isNegative() || stopGrace.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "stop grace " + stopGrace + " of task " + name + " is not within 0s..1h");
        }
        if (guarantee == Guarantee.EXCLUSIVE && policy.overlap() == Overlap.ALLOW) {
            throw new IllegalArgumentException("exclusive task " + name + " cannot allow runs to overlap");
        }
        command = List.copyOf(command);
        environment = sortedCopy(environment);
        tags = sortedCopy(tags);
    }

    /** A task with the policy that applies where the file says nothing. */
    public TaskDefinition(
            String name,
            List<String> command,
            Schedule schedule,
            Guarantee guarantee,
            RestartPolicy restart,
            Duration stopGrace,
            String workingDir,
            SortedMap<String, String> environment,
            SortedMap<String, String> tags) {
        this(
                name,
                command,
                schedule,
                guarantee,
                restart,
                stopGrace,
                workingDir,
                environment,
                tags,
                RunPolicy.standard(schedule));
    }

    /** This task with another policy. */
    public TaskDefinition with(RunPolicy other) {
        return new TaskDefinition(
                name, command, schedule, guarantee, restart, stopGrace, workingDir, environment, tags, other);
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
                String.join("\u0001", command),
                schedule.inWords(),
                guarantee.name(),
                restart.name(),
                stopGrace.toString(),
                workingDir,
                environment.toString(),
                tags.toString(),
                policy.toString());
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static SortedMap<String, String> sortedCopy(Map<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
