package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.protocol.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of each node after every step, whatever it reported: this node is in it and holds itself neither for suspect nor for dead; no incarnation
 * falls; at one incarnation of one boot no state goes back; equal digests mean equal tables, on whatever node; a changed table has another digest. A fault
 * that one step makes and the next one hides is found here, and nowhere else.
 */
public final class StepChecker implements StepListener {

    private final Map<String, MembershipView> before = new HashMap<>();
    private final Map<Long, List<Member>> byDigest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long checked;

    @Override
    public void onStep(long nowNanos, String node, Protocol core) {
        check(nowNanos, node, core.snapshot());
    }

    /** A new process knows nothing yet. */
    public void restarted(String node) {
        before.remove(node);
    }

    public List<String> violations() {
        return violations;
    }

    /** Steps looked at. */
    public long checked() {
        return checked;
    }

    void check(long nowNanos, String node, MembershipView table) {
        checked++;
        String where = nowNanos + " " + node + ": ";
        MemberState own = table.find(node).map(Member::state).orElse(MemberState.DEAD);
        if (own == MemberState.DEAD || own == MemberState.SUSPECT) {
            violations.add(where + "holds itself for " + own);
        }
        MembershipView last = before.put(node, table);
        if (last != null && last.hash() == table.hash()) {
            if (!last.members().equals(table.members())) {
                violations.add(where + "another table under the same digest");
            }
            return;
        }
        List<Member> same = byDigest.putIfAbsent(table.hash(), table.members());
        if (same != null && !same.equals(table.members())) {
            violations.add(where + "digest " + table.hash() + " stands for two tables");
        }
        if (last != null) {
            table.members().forEach(member -> last.find(member.name()).ifPresent(held -> compare(where, held, member)));
        }
    }

    private void compare(String where, Member held, Member now) {
        boolean fell = now.incarnation() < held.incarnation();
        boolean sameLife = now.bootId() == held.bootId() && now.incarnation() == held.incarnation();
        if (fell || (sameLife && now.state().compareTo(held.state()) < 0)) {
            violations.add(where + held.name() + " went back from " + held.state() + "@" + held.incarnation() + " to "
                    + now.state() + "@" + now.incarnation());
        }
    }
}
