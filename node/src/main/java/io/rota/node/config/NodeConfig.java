package io.rota.node.config;

import io.rota.membership.Seed;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a node is started with.
 *
 * @param clusterName members of other clusters are strangers; default {@code rota}
 * @param key 32 bytes that every member holds; empty only with {@code insecure: true}
 * @param seeds members to join by, name@host:port
 * @param arbiters who the arbiters are when the cluster is started for the first time; 1, 3 or 5 names. Later the books
 *     say it
 * @param node this node
 * @param taskFile all tasks of the cluster
 * @param directory of the config file, which paths in it are relative to
 */
public record NodeConfig(
        String clusterName,
        Optional<ClusterKey> key,
        List<Seed> seeds,
        List<String> arbiters,
        Local node,
        TaskFile taskFile,
        Path directory) {

    public NodeConfig {
        seeds = List.copyOf(seeds);
        arbiters = List.copyOf(arbiters);
    }

    /**
     * What differs from server to server.
     *
     * @param name its identity everywhere
     * @param bind address to listen on
     * @param advertise address that the others reach it at
     * @param ports where it listens
     * @param dataDir where output and run states are kept
     * @param tags for the placement of tasks
     * @param weightMilli capacity weight in thousandths
     * @param slots how many runs it has room for
     */
    public record Local(
            String name,
            String bind,
            String advertise,
            Ports ports,
            Path dataDir,
            Map<String, String> tags,
            int weightMilli,
            Slots slots) {
        public Local {
            tags = Map.copyOf(tags);
        }
    }

    /**
     * Where a node listens.
     *
     * @param gossip UDP and TCP
     * @param peer node to node, and Hazelcast between arbiters
     * @param admin the admin page, on loopback only
     */
    public record Ports(int gossip, int peer, int admin) {}

    /** All tasks of the cluster, by name. */
    public List<TaskDefinition> tasks() {
        return taskFile.tasks();
    }

    /** True if both differ in nothing but the tasks, which alone can change while a node runs. */
    public boolean differsInTasksOnly(NodeConfig other) {
        return clusterName.equals(other.clusterName)
                && key.map(ClusterKey::toBase64).equals(other.key.map(ClusterKey::toBase64))
                && seeds.equals(other.seeds)
                && arbiters.equals(other.arbiters)
                && node.equals(other.node);
    }
}
