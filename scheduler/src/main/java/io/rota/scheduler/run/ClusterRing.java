package io.rota.scheduler.run;

import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import io.rota.hashing.TagSelector;
import io.rota.membership.Member;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.engine.Targets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Joins the membership view and the ring: which task belongs to whom. A function of the view and the task files of its
 * members alone, so that nodes with equal views agree. Immutable.
 *
 * @param view the view it was computed from
 * @param inForce the task file whose tasks are placed
 * @param placement who owns what
 */
public record ClusterRing(MembershipView view, FileInForce inForce, Placement placement) {
    /**
     * Of all tasks of the cluster, one in this many moves at the same time. The bound is a tenth; with half of that a node
     * that takes from all others at once still starts each task soon after it was stopped.
     */
    private static final int MOVING_SHARE = 20;

    /** Computes the owners from scratch, by the files that the members hold. */
    public static ClusterRing of(MembershipView view, TaskFiles files) {
        return of(view, FileInForce.of(view, files.outlines(), files.ownDigest()));
    }

    static ClusterRing of(MembershipView view, FileInForce inForce) {
        var nodes = view.live().stream()
                .filter(ClusterRing::isEligible)
                .map(member -> ringNode(member, inForce))
                .toList();
        var ringTasks = inForce.tasks().values().stream()
                .map(task -> new RingTask(task.name(), selector(task, inForce), ""))
                .toList();
        return new ClusterRing(view, inForce, Placement.of(nodes, ringTasks, PlacementSettings.defaults()));
    }

    /**
     * What the ring asks of this node.
     *
     * @param own the tasks that the node's engine works by: what it defines otherwise than the file in force is not its
     */
    public Targets targetsOf(String node, List<TaskOutline> own) {
        var others = new TreeSet<String>();
        view.live().stream()
                .map(Member::name)
                .filter(name -> !name.equals(node))
                .forEach(others::add);
        var owned = new TreeSet<String>();
        var gone = new TreeSet<String>();
        var homeless = new TreeSet<String>();
        boolean leaving = view.find(node)
                .map(member -> member.metadata().participation() == Participation.DRAINING)
                .orElse(false);
        var placed = isOnRing(node) ? new TreeSet<>(placement.tasksOf(node)) : new TreeSet<String>();
        for (var task : own) {
            if (!inForce.tasks().containsKey(task.name())) {
                gone.add(task.name());
            } else if (placed.contains(task.name()) && inForce.defines(task)) {
                owned.add(task.name());
            } else if (leaving && placement.ownerOf(task.name()).isEmpty()) {
                homeless.add(task.name());
            }
        }
        int movesAtOnce = Math.max(1, placement.taskCount() / (MOVING_SHARE * (others.size() + 1)));
        return new Targets(owned, others, gone, leaving, homeless, movesAtOnce);
    }

    /** True if the ring may give tasks to this node. */
    boolean isOnRing(String node) {
        return placement.ring().nodes().stream().anyMatch(known -> known.id().equals(node));
    }

    /** The node as the ring would see it if it were active. */
    RingNode ringNode(Member member) {
        return ringNode(member, inForce);
    }

    /** What a node must carry to run this task of the file in force. */
    TagSelector selectorOf(String task) {
        return Optional.ofNullable(inForce.tasks().get(task))
                .map(outline -> selector(outline, inForce))
                .orElseGet(TagSelector::any);
    }

    private static TagSelector selector(TaskOutline task, FileInForce inForce) {
        var tags = new TreeMap<>(task.tags());
        inForce.holderTag(task.name()).ifPresent(tag -> tags.put(tag, FileInForce.HELD));
        return new TagSelector(tags);
    }

    private static boolean isEligible(Member member) {
        var metadata = member.metadata();
        return metadata.participation() == Participation.ACTIVE && metadata.healthy() && metadata.weightMilli() > 0;
    }

    private static RingNode ringNode(Member member, FileInForce inForce) {
        var tags = new TreeMap<>(member.metadata().tags());
        var zone = tags.getOrDefault("zone", "");
        inForce.holderTagsOf(member.metadata().configDigest()).forEach(tag -> tags.put(tag, FileInForce.HELD));
        return new RingNode(member.name(), member.metadata().weightMilli(), tags, zone);
    }
}
