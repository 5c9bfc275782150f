package io.rota.scheduler.view;

import java.util.List;

/**
 * Why a task is where it is.
 *
 * @param task task name
 * @param owner the node the ring gives it, empty if none is eligible
 * @param saturated true if all nodes that may own it were full, so that the owner took it above its cap
 * @param candidates each node on the ring once, the task's preference list first and in its order
 * @param standbys who would take over, the likeliest first
 */
public record WhyView(String task, String owner, boolean saturated, List<Candidate> candidates, List<String> standbys) {
    public WhyView {
        candidates = List.copyOf(candidates);
        standbys = List.copyOf(standbys);
    }

    /**
     * One node seen from the task.
     *
     * @param node node name
     * @param standing {@code owner}, {@code full}, {@code spread}, {@code next} or {@code not_admitted}
     * @param sentence the same for a person
     */
    public record Candidate(String node, String standing, String sentence) {}
}
