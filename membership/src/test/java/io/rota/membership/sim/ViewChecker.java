package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.protocol.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every published view: this node is in it and not dead; versions grow by one; equal hashes mean equal members, on whatever node; what a member says of
 * itself is constant per boot and incarnation.
 */
public final class ViewChecker implements Checker {

    private final Map<Long, List<Member>> byHash = new HashMap<>();
    private final Map<String, Member> bySpeech = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long checked;

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        if (event instanceof Event.Published published) {
            checked++;
            check(nowNanos + " " + node + ": ", node, published.view());
        }
    }

    @Override
    public List<String> violations() {
        return violations;
    }

    /** Views looked at. */
    public long checked() {
        return checked;
    }

    private void check(String where, String node, MembershipView view) {
        MemberState own = view.find(node).map(Member::state).orElse(MemberState.DEAD);
        if (own == MemberState.DEAD || own == MemberState.SUSPECT) {
            violations.add(where + "holds itself for " + own);
        }
        Long before = versions.put(node, view.version());
        if (before != null && view.version() != before + 1 && view.version() != 1) {
            violations.add(where + "version " + view.version() + " after " + before);
        }
        List<Member> same = byHash.putIfAbsent(view.hash(), view.members());
        if (same != null && !same.equals(view.members())) {
            violations.add(where + "hash " + view.hash() + " stands for two views");
        }
        for (Member member : view.members()) {
            checkSpeech(where, member);
        }
    }

    private void checkSpeech(String where, Member member) {
        if (member.state() != MemberState.ALIVE) {
            return;
        }
        Member said = bySpeech.putIfAbsent(member.name() + "/" + member.bootId() + "/" + member.incarnation(), member);
        if (said != null && !said.equals(member)) {
            violations.add(where + "two words of " + member.name() + " at incarnation " + member.incarnation());
        }
    }
}
