package io.rota.hashing;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a task is where it is: every node with its standing, the nodes of the preference list first and in its order. Promises
 * that exactly one candidate is the owner, or none if no node may own the task. Immutable.
 *
 * @param taskId the task
 * @param position where it stands on the ring, as an unsigned number
 * @param isSaturated whether all nodes of the list were full, so that the owner took it above its cap
 * @param candidates each node once
 * @param standbys who would take over, the likeliest first, other zones before the owner's
 */
public record Explanation(
        String taskId, long position, boolean isSaturated, List<Candidate> candidates, List<String> standbys) {

    public Explanation {
        candidates = List.copyOf(candidates);
        standbys = List.copyOf(standbys);
    }

    /** The same in lines for people. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(taskId + " stands at " + Long.toHexString(position));
        candidates.forEach(candidate -> lines.add("  " + candidate.sentence()));
        if (isSaturated) {
            lines.add("  all nodes that may own it are full: the owner takes it above its cap");
        }
        lines.add(standbys.isEmpty() ? "  no standby" : "  standbys: " + String.join(", ", standbys));
        return String.join(System.lineSeparator(), lines);
    }
}
