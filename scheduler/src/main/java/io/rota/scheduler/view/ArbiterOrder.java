package io.rota.scheduler.view;

import java.util.List;

/**
 * How a person wants the list of arbiters changed.
 *
 * @param leaving the arbiter that is replaced; none if the list grows
 * @param joining the node that takes its place, or those that are added
 * @param reason why, in the person's own words, 1 to {@value #MOST_CHARS} characters; kept in the books
 * @param by who, 1 to 100 characters
 */
public record ArbiterOrder(List<String> leaving, List<String> joining, String reason, String by) {
    private static final int MOST_CHARS = 1_000;
    private static final int MOST_NAME_CHARS = 100;

    public ArbiterOrder {
        leaving = List.copyOf(leaving);
        joining = List.copyOf(joining);
        if (joining.isEmpty() || leaving.size() > 1 || (leaving.size() == 1 && joining.size() != 1)) {
            throw new IllegalArgumentException("one arbiter is replaced by one node, or nodes are added");
        }
        if (reason.isBlank() || reason.length() > MOST_CHARS) {
            throw new IllegalArgumentException("a reason of 1 to " + MOST_CHARS + " characters is required");
        }
        if (by.isBlank() || by.length() > MOST_NAME_CHARS) {
            throw new IllegalArgumentException("who says so must be 1 to " + MOST_NAME_CHARS + " characters");
        }
    }
}
