package io.rota.scheduler.view;

import java.util.List;

/**
 * The ring, ready to be drawn: no client ever computes a hash.
 *
 * @param viewHash hash of the membership view it was computed from
 * @param nodes the eligible nodes, by name
 * @param arcs the ring clockwise from 0: at {@code arcs[2i]} (0..65535, the top 16 bits of the position) an arc begins
 *     that belongs to {@code nodes[arcs[2i+1]]}; neighbouring arcs of one owner are merged
 * @param tasks every task at its position, with owner and standbys
 */
public record RingView(String viewHash, List<Node> nodes, List<Integer> arcs, List<Task> tasks) {
    public RingView {
        nodes = List.copyOf(nodes);
        arcs = List.copyOf(arcs);
        tasks = List.copyOf(tasks);
    }

    /**
     * A node on the ring.
     *
     * @param name node name
     * @param weightMilli capacity weight in thousandths
     * @param positions number of its token positions
     * @param sharePermille part of the ring's circumference it owns, in thousandths
     * @param tasks tasks placed on it
     * @param cap the most tasks it may be given
     */
    public record Node(String name, int weightMilli, int positions, int sharePermille, int tasks, int cap) {}

    /**
     * A task on the ring.
     *
     * @param name task name
     * @param position 0..65535, the top 16 bits of its hash
     * @param owner node name, empty if no node is eligible
     * @param standbys the next owners in order, at most two
     */
    public record Task(String name, int position, String owner, List<String> standbys) {
        public Task {
            standbys = List.copyOf(standbys);
        }
    }
}
