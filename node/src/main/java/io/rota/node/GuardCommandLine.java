package io.rota.node;

import io.rota.membership.Keyring;
import io.rota.node.config.ClusterKey;
import io.rota.node.jvm.OwnJvm;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.Rehearsal;
import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.guard.GuardServer;
import io.rota.scheduler.guard.ProcessTree;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The guard's main: serves the node over stdin and stdout, and when the node is gone and every process of it is too,
 * gives the others its word. Started by the node only.
 */
@Command(name = "guard", hidden = true, description = "Owns the task processes of a node; started by the node itself.")
final class GuardCommandLine implements Callable<Integer> {
    /** The cluster key, which argv must not show. */
    static final String KEY_VARIABLE = "ROTA_GUARD_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(GuardCommandLine.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(1);
    private static final long TELL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long NODE_GONE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    @Option(names = "--cluster", required = true)
    private String cluster = "";

    @Option(names = "--node", required = true)
    private String node = "";

    @Option(names = "--boot", required = true)
    private String boot = "";

    @Option(names = "--node-pid", required = true)
    private long nodePid;

    /** argv of a guard for this node: the same JVM and class path as the node's own, small. */
    static List<String> of(String cluster, String node, long bootId) {
        return OwnJvm.command(
                List.of("-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "guard",
                        "--cluster",
                        cluster,
                        "--node",
                        node,
                        "--boot",
                        Long.toHexString(bootId),
                        "--node-pid",
                        Long.toString(ProcessHandle.current().pid())));
    }

    @Override
    public Integer call() {
        // A node that died before this line has left its guard to another parent, which is none of our business.
        var parent = ProcessHandle.current().parent().filter(process -> process.pid() == nodePid);
        var key = ClusterKey.parse(System.getenv().getOrDefault(KEY_VARIABLE, ""));
        var identity = new ClusterIdentity(Keyring.of(key.bytes()), cluster, node);
        try (var peers = new PeerClient(identity, member -> Optional.empty())) {
            var unused = Rehearsal.start(peers, identity);
            var server = new GuardServer(System.in, System.out, LeaseKeeper.LEASE_NANOS);
            var end = server.serve();
            if (end == GuardServer.End.NODE_GONE && isGone(parent) && ProcessTree.canProve()) {
                giveWord(peers, server.peers());
            } else if (end != GuardServer.End.FAREWELL) {
                LOG.error("not every process of node={} is proven gone: no word is given, the lease decides", node);
            }
        }
        return 0;
    }

    /** The end of the pipe alone does not prove that the node is gone. */
    private static boolean isGone(Optional<ProcessHandle> parent) {
        long start = System.nanoTime();
        while (parent.isPresent() && parent.get().isAlive()) {
            if (System.nanoTime() - start > NODE_GONE_LIMIT_NANOS) {
                return false;
            }
            parent.get().destroyForcibly();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private void giveWord(PeerClient peers, Map<String, String> addresses) {
        var word = new DeathWord(node, Long.parseUnsignedLong(boot, 16));
        Map<String, String> open = new ConcurrentHashMap<>(addresses);
        LOG.info("node and all its processes are gone: telling {} members node={} boot={}", open.size(), node, boot);
        long start = System.nanoTime();
        while (!open.isEmpty() && System.nanoTime() - start < TELL_LIMIT_NANOS) {
            Map.copyOf(open)
                    .forEach((name, address) -> peers.send(
                            name,
                            address,
                            new PeerRequest.TellDeath(word),
                            CALL_LIMIT,
                            answer -> answer.filter(GuardCommandLine::isYes).ifPresent(done -> open.remove(name))));
            LockSupport.parkNanos(PAUSE_NANOS * 4);
        }
    }

    private static boolean isYes(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Done done && done.yes();
    }
}
