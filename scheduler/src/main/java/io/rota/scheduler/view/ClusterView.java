package io.rota.scheduler.view;

import java.time.Instant;
import java.util.List;

/**
 * The cluster as one node sees it: the first thing an operator reads.
 *
 * @param clusterName name from the config file
 * @param observedBy the node whose view this is
 * @param asOf when the snapshot was taken (wall clock, display only)
 * @param viewVersion counts the membership views this node has published; local to it
 * @param viewHash 16 hex digits; equal on two nodes exactly when they see the same members
 * @param membersAlive members alive or suspect
 * @param membersKnown all members remembered, the dead and the left included
 * @param tasks tasks defined
 * @param tasksActive tasks that are running or waiting for their next due time
 * @param arbitration who may run exclusive tasks, and whether that works now
 * @param softwareVersion version of the observing node
 * @param notices what a person should know, worst first; empty when all is well
 */
public record ClusterView(
        String clusterName,
        String observedBy,
        Instant asOf,
        long viewVersion,
        String viewHash,
        int membersAlive,
        int membersKnown,
        int tasks,
        int tasksActive,
        ArbitrationView arbitration,
        String softwareVersion,
        List<Notice> notices) {
    public ClusterView {
        notices = List.copyOf(notices);
    }
}
