package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.membership.protocol.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what experiments ask about: who believed what when, and how often each node's views, and the set of owners in them, changed. */
public final class RunLog implements SimListener {

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, Integer> views = new HashMap<>();
    private final Map<String, Integer> ringChanges = new HashMap<>();
    private final Map<String, Integer> ring = new HashMap<>();
    private final Map<String, Integer> events = new HashMap<>();

    @Override
    public void onEvent(long nowNanos, String node, Event event) {
        events.merge(event.getClass().getSimpleName(), 1, Integer::sum);
        if (event instanceof Event.StateChanged changed) {
            changes.add(new Change(nowNanos, node, changed));
        } else if (event instanceof Event.Published published) {
            views.merge(node, 1, Integer::sum);
            int owners = owners(published.view());
            Integer before = ring.put(node, owners);
            if (before != null && before != owners) {
                ringChanges.merge(node, 1, Integer::sum);
            }
        }
    }

    public List<Change> changes() {
        return changes;
    }

    /** Changes to that state, of that subject. */
    public List<Change> changes(String subject, MemberState state) {
        return changes.stream()
                .filter(change ->
                        change.event().name().equals(subject) && change.event().state() == state)
                .toList();
    }

    public long count(MemberState state) {
        return changes.stream()
                .filter(change -> change.event().state() == state)
                .count();
    }

    /** How many views that node has published. */
    public int views(String node) {
        return views.getOrDefault(node, 0);
    }

    /** How often the set of members that take work changed in that node's views. */
    public int ringChanges(String node) {
        return ringChanges.getOrDefault(node, 0);
    }

    public int events(String kind) {
        return events.getOrDefault(kind, 0);
    }

    /** Forgets what was counted, not what the rings were. */
    public void clear() {
        changes.clear();
        views.clear();
        ringChanges.clear();
        events.clear();
    }

    private static int owners(MembershipView view) {
        int hash = 0;
        for (Member member : view.members()) {
            if (member.state().isLive() && member.metadata().participation() == Participation.ACTIVE) {
                hash += member.name().hashCode() * 31;
            }
        }
        return hash;
    }

    /** One change of belief. */
    public record Change(long nowNanos, String observer, Event.StateChanged event) {}
}
