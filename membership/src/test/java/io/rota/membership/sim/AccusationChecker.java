package io.rota.membership.sim;

import io.rota.membership.MemberState;
import io.rota.membership.protocol.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** While the network is whole, nobody declares a healthy member dead: not by silence, and not by proof. */
public final class AccusationChecker implements Checker {

    private final Predicate<String> isExcused;
    private final List<String> violations = new ArrayList<>();

    /** @param isExcused members that are or were stalled, killed or cut off, and may be declared dead */
    public AccusationChecker(Predicate<String> isExcused) {
        this.isExcused = isExcused;
    }

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (event instanceof Event.StateChanged changed
                && changed.state() == MemberState.DEAD
                && !isExcused.test(changed.name())) {
            violations.add(nowNanos + " " + node + " declared " + changed.name() + " dead: " + changed.why());
        }
    }

    @Override
    public List<String> violations() {
        return violations;
    }
}
