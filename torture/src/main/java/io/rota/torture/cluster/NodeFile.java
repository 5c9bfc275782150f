package io.rota.torture.cluster;

/**
 * What may differ between the config files of the nodes, and from one time to another. Immutable.
 *
 * @param revision of the tasks
 * @param weight of the node, as it is written
 */
public record NodeFile(Workload workload, int revision, String weight) {
    /** Of a run that changes no file. */
    public static NodeFile first(Workload workload) {
        return new NodeFile(workload, 0, "1");
    }
}
