package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.peer.PeerCalls;
import java.nio.file.Path;
import java.util.List;

/**
 * What a scheduler works with.
 *
 * @param node this node's name
 * @param bootId this process's boot
 * @param tasks all tasks of the cluster
 * @param arbiters names of the listed arbiters, in list order; never empty
 * @param peers calls to other nodes and, in the process, to this one
 * @param dataDir where output and run states are kept
 * @param javaCommand argv of a JVM that runs one Java task; the JAR and the class follow
 */
public record SchedulerSetup(
        String node,
        long bootId,
        List<TaskDefinition> tasks,
        List<String> arbiters,
        PeerCalls peers,
        Path dataDir,
        List<String> javaCommand) {

    public SchedulerSetup {
        if (arbiters.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one arbiter");
        }
        tasks = List.copyOf(tasks);
        arbiters = List.copyOf(arbiters);
        javaCommand = List.copyOf(javaCommand);
    }

    /** Name and boot in one word: makes claims and marks unlike any other node's or boot's. */
    public String claimant() {
        return node + "/" + Long.toHexString(bootId);
    }
}
