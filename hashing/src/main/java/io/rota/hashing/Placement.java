package io.rota.hashing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who should own what. Promises that it is a function of the sets of nodes and tasks and of the settings alone: no history,
 * no clock, no order of input; that each task with an admitted node has exactly one owner; that no node's load is above its
 * cap unless the task that took it there is marked saturated; and that each changed copy equals the placement built from
 * nothing. Refuses input that breaks a rule with a {@link RingInputException}; placing itself never throws. Immutable.
 * Source: bounded loads after Mirrokni, Thorup and Zadimoghaddam 2016, with matching in rounds and dithered caps.
 */
public final class Placement {
    private final Ring ring;
    private final SortedTasks tasks;
    private final PlacementSettings settings;
    private final Tiers tiers;
    private final LoadCaps caps;
    private final Assignment assignment;

    private Placement(Ring ring, SortedTasks tasks, PlacementSettings settings) {
        this.ring = ring;
        this.tasks = tasks;
        this.settings = settings;
        this.tiers = Tiers.of(ring.nodeSet(), tasks);
        this.caps = LoadCaps.of(ring.nodeSet(), tiers, settings);
        this.assignment = Matching.match(ring, tasks, tiers, caps);
    }

    public static Placement of(Collection<RingNode> nodes, Collection<RingTask> tasks, PlacementSettings settings) {
        return new Placement(Ring.of(nodes), SortedTasks.of(tasks), settings);
    }

    /** The node that should run the task; empty for an unknown task and for one that no node may own. */
    public Optional<String> ownerOf(String taskId) {
        int task = tasks.indexOf(taskId);
        return task < 0 ? Optional.empty() : ownerAt(task);
    }

    /** A number for the task that makes {@link #ownerAt} a plain array read, or -1; holds while the tasks stay the same. */
    public int indexOf(String taskId) {
        return tasks.indexOf(taskId);
    }

    /** The owner of the task with this number. Allocates nothing. */
    public Optional<String> ownerAt(int taskIndex) {
        return ring.nodeSet().name(assignment.owners()[taskIndex]);
    }

    /** The task with this number, from 0 to {@link #taskCount()} - 1 in ring order. */
    public RingTask taskAt(int taskIndex) {
        return tasks.task(taskIndex);
    }

    /** Who would take over, the likeliest first; nodes in zones not used yet come before the others. */
    public List<String> standbysOf(String taskId, int count) {
        int task = tasks.indexOf(taskId);
        return task < 0 ? List.of() : Standbys.of(this, task, count);
    }

    /** Why the task is where it is; empty for an unknown task. */
    public Optional<Explanation> explain(String taskId) {
        int task = tasks.indexOf(taskId);
        return task < 0 ? Optional.empty() : Optional.of(new ExplainTask(this, task).explain());
    }

    /** What would move if one thing changed. */
    public WhatIf whatIf() {
        return new WhatIf(this);
    }

    /** Whether all nodes that may own the task were full, so that one had to take it above its cap. */
    public boolean isSaturated(String taskId) {
        int task = tasks.indexOf(taskId);
        return task >= 0 && assignment.saturated().get(task);
    }

    /** The tasks of a node in ring order; none for an unknown node. */
    public List<String> tasksOf(String nodeId) {
        int node = ring.nodeSet().indexOf(nodeId);
        return node < 0 ? List.of() : tasksWithOwner((char) node);
    }

    /** The tasks that no node may own, in ring order. Somebody should look at them. */
    public List<String> unownedTasks() {
        return tasksWithOwner(NodeSet.NONE);
    }

    /** Number of tasks of the node; 0 for an unknown node. */
    public int loadOf(String nodeId) {
        int node = ring.nodeSet().indexOf(nodeId);
        return node < 0 ? 0 : assignment.loads()[node];
    }

    /** The most tasks that the node takes before others are asked; 0 for an unknown node. */
    public int capOf(String nodeId) {
        int node = ring.nodeSet().indexOf(nodeId);
        return node < 0 ? 0 : caps.perNode()[node];
    }

    public int taskCount() {
        return tasks.size();
    }

    public Ring ring() {
        return ring;
    }

    public PlacementSettings settings() {
        return settings;
    }

    /** The placement of the same tasks on another set of nodes. */
    public Placement withNodes(Collection<RingNode> nodes) {
        return new Placement(ring.changedTo(NodeSet.of(nodes)), tasks, settings);
    }

    /** With the node added, or in the place of the one with its id. */
    public Placement withNode(RingNode node) {
        List<RingNode> nodes = nodesWithout(node.id());
        nodes.add(node);
        return withNodes(nodes);
    }

    /** Without the node, if it is there. */
    public Placement withoutNode(String nodeId) {
        return withNodes(nodesWithout(nodeId));
    }

    /** Without the tasks of some ids and with other tasks; an id that is in both is replaced. */
    public Placement withTasks(Set<String> removedIds, Collection<RingTask> added) {
        return new Placement(ring, tasks.changed(removedIds, added), settings);
    }

    /** With the task added, or in the place of the one with its id. */
    public Placement withTask(RingTask task) {
        return withTasks(Set.of(task.id()), List.of(task));
    }

    /** Without the task, if it is there. */
    public Placement withoutTask(String taskId) {
        return withTasks(Set.of(taskId), List.of());
    }

    /** One number for the whole map; equal maps have equal numbers, on each node and each JVM. */
    public long fingerprint() {
        long fingerprint = 0;
        for (int task = 0; task < tasks.size(); task++) {
            char owner = assignment.owners()[task];
            long node = owner == NodeSet.NONE ? 0 : ring.nodeSet().hash(owner);
            fingerprint = XxHash64.hash(tasks.position(task) ^ node, fingerprint);
        }
        return fingerprint;
    }

    SortedTasks tasks() {
        return tasks;
    }

    Tiers tiers() {
        return tiers;
    }

    Assignment assignment() {
        return assignment;
    }

    private List<RingNode> nodesWithout(String nodeId) {
        List<RingNode> nodes = new ArrayList<>(ring.nodes());
        nodes.removeIf(node -> node.id().equals(nodeId));
        return nodes;
    }

    private List<String> tasksWithOwner(char owner) {
        List<String> ids = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            if (assignment.owners()[task] == owner) {
                ids.add(tasks.id(task));
            }
        }
        return List.copyOf(ids);
    }
}
