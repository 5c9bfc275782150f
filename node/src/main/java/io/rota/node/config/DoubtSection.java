package io.rota.node.config;

import io.rota.scheduler.DoubtPolicy;
import io.rota.scheduler.DoubtPolicy.Probe;
import io.rota.scheduler.DoubtPolicy.Rule;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Work;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what happens to a run of level once of which nobody knows whether it took effect. */
final class DoubtSection {
    private static final List<String> KEYS = List.of("probe", "in_doubt", "in_doubt_repeat");
    private static final Map<String, Rule> RULES =
            new TreeMap<>(Map.of("hold", Rule.HOLD, "probe_then_hold", Rule.PROBE_THEN_HOLD, "abandon", Rule.ABANDON));
    private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(30);
    private static final String EXAMPLE = "write probe: {command: [./payout, --status], done: [0], not_done: [10]}";

    private final Section section;
    private final Guarantee guarantee;

    DoubtSection(Section section, Guarantee guarantee) {
        this.section = section;
        this.guarantee = guarantee;
    }

    /** @param surroundings directory, environment, secrets, user and limits, which the probe shares with the task */
    DoubtPolicy read(Work.Command surroundings) {
        var given = KEYS.stream().filter(section::has).toList();
        if (guarantee != Guarantee.ONCE) {
            given.forEach(key -> section.problemAtKey(
                    key,
                    key + " is for guarantee: once, and this is "
                            + guarantee.name().toLowerCase(java.util.Locale.ROOT),
                    "remove it"));
            return DoubtPolicy.STANDARD;
        }
        var rule = section.choice("in_doubt", RULES, Rule.PROBE_THEN_HOLD);
        var probe = given.contains("probe") ? probe(surroundings) : Optional.<Probe>empty();
        if (given.contains("probe") && rule != Rule.PROBE_THEN_HOLD) {
            section.problemAt(
                    "in_doubt",
                    "there is a probe, and in_doubt says that it is not run",
                    "write in_doubt: probe_then_hold, or remove the probe");
        }
        return new DoubtPolicy(rule, probe, given.contains("in_doubt_repeat") ? repeat() : DoubtPolicy.STANDARD_REPEAT);
    }

    private Duration repeat() {
        var repeat = section.duration("in_doubt_repeat").orElse(DoubtPolicy.STANDARD_REPEAT);
        if (repeat.compareTo(DoubtPolicy.MIN_REPEAT) < 0 || repeat.compareTo(DoubtPolicy.MAX_REPEAT) > 0) {
            section.problemAt("in_doubt_repeat", "in_doubt_repeat is not within 1m..7d", "");
            return DoubtPolicy.STANDARD_REPEAT;
        }
        return repeat;
    }

    private Optional<Probe> probe(Work.Command surroundings) {
        return section.section("probe").flatMap(probe -> {
            var command = probe.texts("command")
                    .filter(words -> !words.isEmpty() && !words.get(0).isBlank());
            if (command.isEmpty()) {
                probe.problemAt("command", "the probe has no command", EXAMPLE);
            }
            var done = codes(probe, "done");
            var notDone = codes(probe, "not_done");
            if (done.isEmpty()) {
                probe.problemAt("done", "no exit code of the probe means done", EXAMPLE);
            }
            if (!Collections.disjoint(done, notDone)) {
                probe.problemAt("not_done", "an exit code cannot mean both done and not done", EXAMPLE);
            }
            var timeout = probe.has("timeout") ? timeout(probe) : STANDARD_TIMEOUT;
            int retries = probe.number("retries", 0, Probe.MAX_RETRIES, 0);
            probe.end();
            if (command.isEmpty() || done.isEmpty() || !Collections.disjoint(done, notDone)) {
                return Optional.empty();
            }
            return Optional.of(new Probe(surroundings.running(command.get()), done, notDone, timeout, retries));
        });
    }

    private static Duration timeout(Section probe) {
        var timeout = probe.duration("timeout").orElse(STANDARD_TIMEOUT);
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Probe.MAX_TIMEOUT) > 0) {
            probe.problemAt("timeout", "timeout is not within 1s..1h", "");
            return STANDARD_TIMEOUT;
        }
        return timeout;
    }

    private static SortedSet<Integer> codes(Section probe, String key) {
        return new TreeSet<>(
                probe.has(key) ? probe.each(key, PolicySection::exitCode, "write " + key + ": [0]") : List.of());
    }
}
