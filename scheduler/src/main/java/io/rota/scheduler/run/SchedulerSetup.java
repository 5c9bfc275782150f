package io.rota.scheduler.run;

import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerCalls;
import java.nio.file.Path;
import java.util.List;

/**
 * What a scheduler works with.
 *
 * @param node this node's name
 * @param bootId this process's boot
 * @param taskFile all tasks of the cluster
 * @param arbiters the list of arbiters, and the way to them
 * @param peers calls to other nodes and, in the process, to this one
 * @param slots what this node has room for
 * @param dataDir where output and run states are kept
 * @param workDir what the working directories and JARs of tasks are relative to
 * @param javaCommand argv of a JVM that runs one Java task; the JAR and the class follow
 */
public record SchedulerSetup(
        String node,
        long bootId,
        TaskFile taskFile,
        KnownArbiters arbiters,
        PeerCalls peers,
        Slots slots,
        Path dataDir,
        Path workDir,
        List<String> javaCommand) {

    public SchedulerSetup {
        javaCommand = List.copyOf(javaCommand);
    }

    /** Name and boot in one word: makes claims and marks unlike any other node's or boot's. */
    public String claimant() {
        return node + "/" + Long.toHexString(bootId);
    }
}
