package io.rota.membership.sim;

import io.rota.membership.MemberState;
import io.rota.membership.protocol.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one observer believes of one subject only ever moves forward: the incarnation never falls; at one incarnation of one boot the state never goes
 * back, so that nobody rises from the dead or comes back from leaving without speaking anew. A restarted observer begins anew; a subject that was
 * forgotten may be learned again, which the experiments here are too short for.
 */
public final class BeliefChecker implements Checker {

    private final Map<String, Event.StateChanged> beliefs = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long checked;

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (event instanceof Event.StateChanged changed) {
            checked++;
            Event.StateChanged before = beliefs.put(node + ">" + changed.name(), changed);
            if (before != null) {
                check(nowNanos, node, before, changed);
            }
        }
    }

    /** A new process knows nothing yet. */
    public void restarted(String node) {
        beliefs.keySet().removeIf(key -> key.startsWith(node + ">"));
    }

    @Override
    public List<String> violations() {
        return violations;
    }

    /** Changes looked at; a run with none proves nothing. */
    public long checked() {
        return checked;
    }

    private void check(long nowNanos, String node, Event.StateChanged before, Event.StateChanged after) {
        if (after.incarnation() < before.incarnation()) {
            violations.add(nowNanos + " " + node + ": incarnation of " + after.name() + " fell from "
                    + before.incarnation() + " to " + after.incarnation());
        }
        boolean sameLife = after.bootId() == before.bootId() && after.incarnation() == before.incarnation();
        if (sameLife && rank(after.state()) < rank(before.state())) {
            violations.add(nowNanos + " " + node + ": " + after.name() + " went back from " + before.state() + " to "
                    + after.state() + " at incarnation " + after.incarnation());
        }
    }

    private static int rank(MemberState state) {
        return switch (state) {
            case ALIVE -> 0;
            case SUSPECT -> 1;
            case DEAD -> 2;
            case LEFT -> 3;
        };
    }
}
