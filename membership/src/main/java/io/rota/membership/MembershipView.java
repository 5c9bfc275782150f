package io.rota.membership;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All members that one node knows, at one moment. Immutable, sorted by name, and remembers the dead and those who left. Two views with
 * the same hash hold the same members in the same states; the version only counts what this node has published.
 *
 * @param version grows by one with each view that this node publishes
 * @param hash 64-bit hash of the members, equal on all nodes that know the same
 * @param members sorted by name, each name once
 */
public record MembershipView(long version, long hash, List<Member> members) {

    public MembershipView {
        members = members.stream().sorted(Comparator.comparing(Member::name)).toList();
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i).name().equals(members.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "name twice in a view: " + members.get(i).name());
            }
        }
    }

    /** The members that count: ALIVE and SUSPECT. */
    public List<Member> live() {
        return members.stream().filter(member -> member.state().isLive()).toList();
    }

    /** The member of that name, in whatever state. */
    public Optional<Member> find(String name) {
        int low = 0;
        int high = members.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = members.get(middle).name().compareTo(name);
            if (order == 0) {
                return Optional.of(members.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }
}
