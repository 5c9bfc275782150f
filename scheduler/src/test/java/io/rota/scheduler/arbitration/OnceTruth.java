package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What really happened to the occurrences of a simulated task of level once, and what must not have happened. */
final class OnceTruth {
    private final List<String> violations = new ArrayList<>();
    private final Map<Long, Integer> starts = new TreeMap<>();
    private final Map<Long, Integer> effects = new TreeMap<>();
    private final Map<Long, Integer> saidNotDone = new TreeMap<>();
    private final Map<Long, ClaimEnd> ends = new TreeMap<>();

    List<String> violations() {
        return violations;
    }

    int occurrences() {
        return starts.size();
    }

    long startedTwice() {
        return starts.values().stream().filter(count -> count > 1).count();
    }

    void started(String node, long occurrence, List<String> alsoRunning) {
        alsoRunning.forEach(other -> violations.add(node + " starts while " + other + " runs"));
        int before = starts.merge(occurrence, 1, Integer::sum) - 1;
        int allowed = saidNotDone.getOrDefault(occurrence, 0);
        if (before > allowed) {
            violations.add("occurrence " + occurrence + " starts for the " + (before + 1) + ". time, and was said "
                    + allowed + " times not to be done");
        }
    }

    void tookEffect(long occurrence) {
        effects.merge(occurrence, 1, Integer::sum);
    }

    boolean hadEffect(long occurrence) {
        return effects.containsKey(occurrence);
    }

    void ended(long occurrence, ClaimEnd end) {
        ends.put(occurrence, end);
    }

    /** Said by a probe or a person. What had failed without being heard is started once more then. */
    void saidNotDone(long occurrence) {
        saidNotDone.merge(occurrence, 1, Integer::sum);
        ends.remove(occurrence);
    }

    /** The books say that everything up to here has ended. */
    void check(long endedMillis) {
        for (long occurrence = 1; occurrence < endedMillis; occurrence++) {
            int count = effects.getOrDefault(occurrence, 0);
            if (count != 1 && ends.get(occurrence) != ClaimEnd.FAILED) {
                violations.add("occurrence " + occurrence + " counts as ended, and had " + count + " effects");
            }
        }
        if (endedMillis + 3 < starts.size()) {
            violations.add("stuck after occurrence " + endedMillis + " of " + starts.size());
        }
    }
}
