package io.rota.node;

import io.rota.membership.Keyring;
import io.rota.node.config.ClusterKey;
import io.rota.node.config.NodeConfig;
import io.rota.node.jvm.OwnJvm;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.Rehearsal;
import io.rota.node.tls.ClusterIdentity;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseKeeper;
import io.rota.scheduler.guard.ChildList;
import io.rota.scheduler.guard.GuardServer;
import io.rota.scheduler.guard.KeptWords;
import io.rota.scheduler.guard.OrphanSweep;
import io.rota.scheduler.guard.ProcessId;
import io.rota.scheduler.guard.ProcessTree;
import io.rota.scheduler.loop.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The guard's main: ends what an earlier guard left running, serves the node over stdin and stdout, and when the node is
 * gone and every process of it is too, gives the others its word. Words that nobody took are kept and told again, by
 * the guard of the node's next boot if need be. Started by the node only.
 */
@Command(name = "guard", hidden = true, description = "Owns the task processes of a node; started by the node itself.")
final class GuardCommandLine implements Callable<Integer> {
    /** The cluster key, which argv must not show. */
    static final String KEY_VARIABLE = "ROTA_GUARD_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(GuardCommandLine.class);
    private static final long OLD_WORDS_MILLIS = 500;
    /** For as long every member is told; gossip carries the news on. */
    private static final long TELL_ALL_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** For as long the arbiters are told; then it is left to the node's next boot. */
    private static final long TELL_ARBITERS_NANOS = TimeUnit.MINUTES.toNanos(5);

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

    @Option(names = "--dir", required = true)
    private Path dir = Path.of("");

    @Option(names = "--arbiter")
    private List<String> arbiters = new ArrayList<>();

    /**
     * argv of a guard for this node: the same JVM and class path as the node's own, small.
     *
     * @param arbiters as they are known now; a guard that outlives a change of the list keeps a word longer, or less long, and
     *     where a majority lacks it the lease decides
     */
    static List<String> of(NodeConfig config, long bootId, List<String> arbiters) {
        var arguments = new ArrayList<>(List.of(
                "guard",
                "--cluster",
                config.clusterName(),
                "--node",
                config.node().name(),
                "--boot",
                Long.toHexString(bootId),
                "--node-pid",
                Long.toString(ProcessHandle.current().pid()),
                "--dir",
                config.node().dataDir().resolve("guard").toAbsolutePath().toString()));
        for (var arbiter : arbiters) {
            arguments.addAll(List.of("--arbiter", arbiter));
        }
        return OwnJvm.command(List.of("-Xmx64m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), arguments);
    }

    @Override
    public Integer call() {
        try {
            serve();
            return 0;
        } catch (IOException e) {
            LOG.error(
                    "the guard cannot keep its lists: no task can be started dir={} cause=\"{}\""
                            + " remedy=\"make room, or make it writable\"",
                    dir,
                    e.toString());
            return 1;
        }
    }

    private void serve() throws IOException {
        // Looked at before its parenthood is: should it die after that, its number may soon be a stranger's.
        var nodeProcess = ProcessId.of(nodePid);
        // A node that died before this line has left its guard to another parent, which is none of our business.
        boolean isChild = ProcessHandle.current()
                .parent()
                .filter(parent -> parent.pid() == nodePid)
                .isPresent();
        var key = ClusterKey.parse(System.getenv().getOrDefault(KEY_VARIABLE, ""));
        var words = new KeptWords(dir.resolve("words"));
        endOrphans(words);
        var list = ChildList.open(dir, node, boot, isChild ? nodeProcess : ProcessId.NONE);
        var identity = new ClusterIdentity(Keyring.of(key.bytes()), cluster, node);
        try (var peers = new PeerClient(identity, member -> Optional.empty())) {
            var unused = Rehearsal.start(peers, identity);
            var delivery = new WordDelivery(peers, arbiters, words);
            var server = new GuardServer(System.in, System.out, new GuardServer.Setup(LeaseKeeper.LEASE_NANOS, list));
            var end = serve(server, delivery);
            list.close();
            if (end == GuardServer.End.NODE_GONE && list.endNode(NODE_GONE_LIMIT_NANOS) && ProcessTree.canProve()) {
                giveWord(words, delivery, server.peers());
            } else if (end != GuardServer.End.FAREWELL) {
                LOG.error("not every process of node={} is proven gone: no word is given, the lease decides", node);
            }
        }
    }

    /** On this thread, which ends with the guard; what earlier boots left to be told is told meanwhile. */
    private static GuardServer.End serve(GuardServer server, WordDelivery delivery) throws IOException {
        try (var oldWords = new Ticker("guard-words", 1)) {
            oldWords.every(OLD_WORDS_MILLIS, () -> delivery.tell(server.peers()));
            return server.serve();
        }
    }

    /** Before anything is started; what an earlier boot left is over when this returns, and kept as a word. */
    private void endOrphans(KeptWords words) throws IOException {
        var sweep = new OrphanSweep(dir, boot);
        for (var word : sweep.sweep()) {
            if (word.node().equals(node)) {
                words.keep(word);
            } else {
                LOG.warn(
                        "the data directory was another node's: nobody believes this one about it node={}",
                        word.node());
            }
            sweep.forget(word);
        }
    }

    private void giveWord(KeptWords words, WordDelivery delivery, Map<String, String> addresses) {
        var word = new DeathWord(node, Long.parseUnsignedLong(boot, 16));
        var others = new TreeMap<>(addresses);
        others.remove(node);
        LOG.info("node and all its processes are gone: telling {} members node={} boot={}", others.size(), node, boot);
        delivery.toAll(word);
        delivery.tell(others);
        keep(words, word);
        long start = System.nanoTime();
        long passed = 0;
        while (!others.isEmpty() && isWaitedFor(word, delivery, others, passed)) {
            delivery.tell(others);
            LockSupport.parkNanos(PAUSE_NANOS * 4);
            passed = System.nanoTime() - start;
        }
        LOG.info("word given node={} boot={} taken={}", node, boot, delivery.isDone());
    }

    /** After the first telling: a slow disk must not hold the news. */
    private void keep(KeptWords words, DeathWord word) {
        try {
            words.keep(word);
            new OrphanSweep(dir, boot).forget(word);
        } catch (IOException e) {
            LOG.warn("the word could not be kept, this guard alone tells it: {}", e.toString());
        }
    }

    private static boolean isWaitedFor(
            DeathWord word, WordDelivery delivery, Map<String, String> others, long passedNanos) {
        boolean all = delivery.isHeardByAll(word, others.keySet());
        return (!all && passedNanos < TELL_ALL_NANOS) || (!delivery.isDone() && passedNanos < TELL_ARBITERS_NANOS);
    }
}
