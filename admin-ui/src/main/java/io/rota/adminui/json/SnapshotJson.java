package io.rota.adminui.json;

import io.rota.scheduler.view.SchedulerQueries;
import java.util.List;

/** All that the page shows, taken at one moment; the payload of the {@code snapshot} event. */
public record SnapshotJson(
        ClusterJson cluster, List<MemberJson> members, List<TaskJson> tasks, RingJson ring, List<DoubtJson> doubts) {

    /** Asks the five questions once. */
    public static SnapshotJson from(SchedulerQueries queries) {
        return new SnapshotJson(
                ClusterJson.from(queries.cluster()),
                queries.members().stream().map(MemberJson::from).toList(),
                queries.tasks().stream().map(TaskJson::from).toList(),
                RingJson.from(queries.ring()),
                queries.doubts().stream().map(DoubtJson::from).toList());
    }

    /** True if nothing but the clock and the lease's countdown differs. */
    public boolean showsTheSameAs(SnapshotJson other) {
        return still().equals(other.still());
    }

    private SnapshotJson still() {
        return new SnapshotJson(cluster.still(), members, tasks, ring, doubts);
    }
}
