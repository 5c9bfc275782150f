package io.rota.adminui.json;

import io.rota.scheduler.view.RingView;
import java.util.List;

/**
 * Answer of {@code GET /api/v1/ring}, ready to be drawn. {@code arcs} is flat: a start (0..65535) and the index into
 * {@code nodes} of the arc's owner, clockwise, again and again.
 */
public record RingJson(String viewHash, List<NodeJson> nodes, List<Integer> arcs, List<PlacedTaskJson> tasks) {

    /** The JSON form of a view. */
    public static RingJson from(RingView view) {
        return new RingJson(
                view.viewHash(),
                view.nodes().stream().map(NodeJson::from).toList(),
                view.arcs(),
                view.tasks().stream().map(PlacedTaskJson::from).toList());
    }

    /** A node on the ring and its share of it. */
    public record NodeJson(String name, int weightMilli, int positions, int sharePermille, int tasks, int cap) {

        static NodeJson from(RingView.Node view) {
            return new NodeJson(
                    view.name(), view.weightMilli(), view.positions(), view.sharePermille(), view.tasks(), view.cap());
        }
    }

    /** A task at its position. */
    public record PlacedTaskJson(String name, int position, String owner, List<String> standbys) {

        static PlacedTaskJson from(RingView.Task view) {
            return new PlacedTaskJson(view.name(), view.position(), view.owner(), view.standbys());
        }
    }
}
