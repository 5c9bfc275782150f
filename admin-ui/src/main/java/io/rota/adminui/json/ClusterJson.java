package io.rota.adminui.json;

import io.rota.scheduler.view.ClusterView;
import java.util.List;

/** Answer of {@code GET /api/v1/cluster}: the cluster as the answering node sees it. */
public record ClusterJson(
        String clusterName,
        String observedBy,
        String asOf,
        long viewVersion,
        String viewHash,
        int membersAlive,
        int membersKnown,
        int tasks,
        int tasksActive,
        ArbitrationJson arbitration,
        String softwareVersion,
        List<NoticeJson> notices) {

    /** The JSON form of a view. */
    public static ClusterJson from(ClusterView view) {
        return new ClusterJson(
                view.clusterName(),
                view.observedBy(),
                view.asOf().toString(),
                view.viewVersion(),
                view.viewHash(),
                view.membersAlive(),
                view.membersKnown(),
                view.tasks(),
                view.tasksActive(),
                ArbitrationJson.from(view.arbitration()),
                view.softwareVersion(),
                view.notices().stream().map(NoticeJson::from).toList());
    }

    /** Without what moves by itself: the time of the snapshot and the lease's countdown. */
    ClusterJson still() {
        return new ClusterJson(
                clusterName,
                observedBy,
                "",
                viewVersion,
                viewHash,
                membersAlive,
                membersKnown,
                tasks,
                tasksActive,
                arbitration.still(),
                softwareVersion,
                notices);
    }
}
