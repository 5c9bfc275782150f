package io.rota.scheduler.run;

import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import io.rota.hashing.TagSelector;
import io.rota.membership.Member;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.engine.Targets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Joins the membership view and the ring: which task belongs to whom. A function of the view and the tasks alone, so
 * that nodes with equal views agree. Immutable.
 *
 * @param view the view it was computed from
 * @param placement who owns what
 */
public record ClusterRing(MembershipView view, Placement placement) {

    /** Of all tasks of the cluster, one in this many moves at the same time. */
    private static final int MOVING_SHARE = 10;

    /** Computes the owners from scratch. */
    public static ClusterRing of(MembershipView view, Collection<TaskDefinition> tasks) {
        var nodes = view.live().stream()
                .filter(ClusterRing::isEligible)
                .map(ClusterRing::ringNode)
                .toList();
        var ringTasks = tasks.stream()
                .map(task -> new RingTask(task.name(), new TagSelector(task.tags()), ""))
                .toList();
        return new ClusterRing(view, Placement.of(nodes, ringTasks, PlacementSettings.defaults()));
    }

    /** What the ring asks of this node. */
    public Targets targetsOf(String node) {
        var others = new TreeSet<String>();
        view.live().stream()
                .map(Member::name)
                .filter(name -> !name.equals(node))
                .forEach(others::add);
        boolean onRing =
                placement.ring().nodes().stream().anyMatch(known -> known.id().equals(node));
        boolean leaving = view.find(node)
                .map(member -> member.metadata().participation() == Participation.DRAINING)
                .orElse(false);
        int movesAtOnce = Math.max(1, placement.taskCount() / (MOVING_SHARE * (others.size() + 1)));
        return new Targets(
                onRing ? Set.copyOf(placement.tasksOf(node)) : Set.of(), others, Set.of(), leaving, movesAtOnce);
    }

    /** True if the ring may give tasks to this node. */
    boolean isOnRing(String node) {
        return placement.ring().nodes().stream().anyMatch(known -> known.id().equals(node));
    }

    private static boolean isEligible(Member member) {
        var metadata = member.metadata();
        return metadata.participation() == Participation.ACTIVE && metadata.healthy() && metadata.weightMilli() > 0;
    }

    static RingNode ringNode(Member member) {
        var tags = member.metadata().tags();
        return new RingNode(member.name(), member.metadata().weightMilli(), tags, tags.getOrDefault("zone", ""));
    }
}
