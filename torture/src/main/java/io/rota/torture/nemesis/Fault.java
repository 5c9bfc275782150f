package io.rota.torture.nemesis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault as it is planned. Immutable.
 *
 * @param victims numbers of nodes, from 0; for {@link FaultKind#SPLIT} one side
 * @param offsetMillis after the begin of its round
 * @param lengthMillis from injection to heal
 */
public record Fault(FaultKind kind, List<Integer> victims, long offsetMillis, long lengthMillis) {
    public Fault {
        victims = List.copyOf(victims);
        if (offsetMillis < 0 || lengthMillis < 0 || victims.isEmpty()) {
            throw new IllegalArgumentException("no such fault: " + kind + " of " + victims);
        }
    }

    /** The victims' names. */
    public String names() {
        return victims.stream().map(Fault::name).collect(Collectors.joining(","));
    }

    /** The name of a node by its number from 0. */
    public static String name(int node) {
        return "n" + (node + 1);
    }

    /** True if it meets that node. */
    public boolean meets(String node) {
        return victims.stream().anyMatch(victim -> name(victim).equals(node));
    }

    /** Kind and victims in a few characters. */
    @Override
    public String toString() {
        return kind + " " + names();
    }
}
