package io.rota.hashing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What sets tasks apart beside their position: selector and spread group, as small numbers. The numbers are handed out in
 * ring order of the tasks and mean nothing outside of one task set. Where all tasks are alike the arrays are empty and cost
 * nothing. Immutable.
 */
final class TaskTraits {
    private final List<TagSelector> selectors;
    private final int[] selectorOf;
    private final int[] groupOf;
    private final int groups;

    private TaskTraits(List<TagSelector> selectors, int[] selectorOf, int[] groupOf, int groups) {
        this.selectors = selectors;
        this.selectorOf = selectorOf;
        this.groupOf = groupOf;
        this.groups = groups;
    }

    static TaskTraits of(RingTask[] tasks) {
        Map<TagSelector, Integer> selectors = new HashMap<>();
        Map<String, Integer> groups = new HashMap<>();
        List<TagSelector> byNumber = new ArrayList<>();
        int[] selectorOf = new int[tasks.length];
        int[] groupOf = new int[tasks.length];
        for (int i = 0; i < tasks.length; i++) {
            TagSelector selector = tasks[i].selector();
            boolean isRepeated = i > 0 && selector.equals(tasks[i - 1].selector());
            selectorOf[i] = isRepeated
                    ? selectorOf[i - 1]
                    : selectors.computeIfAbsent(selector, s -> {
                        byNumber.add(s);
                        return byNumber.size() - 1;
                    });
            String group = tasks[i].spreadGroup();
            groupOf[i] = group.isEmpty() ? 0 : groups.computeIfAbsent(group, g -> groups.size() + 1);
        }
        return new TaskTraits(
                List.copyOf(byNumber),
                byNumber.size() > 1 ? selectorOf : new int[0],
                groups.isEmpty() ? new int[0] : groupOf,
                groups.size());
    }

    /**
     * Whether these are the traits also of any of these tasks together with the others: all of them are alike then, and
     * nobody needs to look at each.
     */
    boolean coverAlso(TaskTraits others) {
        return selectors.size() == 1
                && !hasGroups()
                && !others.hasGroups()
                && (others.selectors.isEmpty() || others.selectors.equals(selectors));
    }

    List<TagSelector> selectors() {
        return selectors;
    }

    /** Number of the task's selector. */
    int selectorOf(int task) {
        return selectorOf.length == 0 ? 0 : selectorOf[task];
    }

    boolean hasGroups() {
        return groups > 0;
    }

    /** Number of the task's spread group, 0 for none. */
    int groupOf(int task) {
        return groupOf.length == 0 ? 0 : groupOf[task];
    }
}
