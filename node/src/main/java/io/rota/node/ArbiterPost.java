package io.rota.node;

import io.rota.membership.Member;
import io.rota.membership.MembershipView;
import io.rota.node.config.NodeConfig;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.PeerServer;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.book.SqliteBook;
import io.rota.scheduler.hazelcast.HazelcastTaskLocks;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.run.ArbiterSeat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in arbitration: the newest list of arbiters that it knows, which it keeps and hands on, and its seat from
 * the moment that it is listed. A node that has a book opens it also when it is listed no more, since a new arbiter may
 * have to copy it. Thread-safe.
 */
final class ArbiterPost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterPost.class);

    private final NodeConfig config;
    private final NodeNetwork network;
    private final PeerClient peers;
    private final Supplier<MembershipView> view;
    private final ArbiterFile file;
    private final KnownArbiters arbiters;

    private volatile @Nullable ArbiterSeat seat;
    private @Nullable PeerServer server;
    private long life;
    private int told;
    private boolean closed;

    ArbiterPost(NodeConfig config, NodeNetwork network, PeerClient peers, Supplier<MembershipView> view) {
        this.config = config;
        this.network = network;
        this.peers = peers;
        this.view = view;
        this.file = new ArbiterFile(config.node().dataDir());
        this.arbiters = new KnownArbiters(
                config.node().name(), file.read().orElseGet(() -> ArbiterList.configured(config.arbiters())), peers);
        arbiters.onNew(this::onNew);
    }

    KnownArbiters arbiters() {
        return arbiters;
    }

    /** Whether a node of this name may ask what only arbiters ask of each other; one that is leaving counts. */
    boolean isArbiter(String name) {
        var list = arbiters.list();
        return list.contains(name) || list.before().contains(name);
    }

    Optional<ArbiterSeat> seat() {
        return Optional.ofNullable(seat);
    }

    TaskLocks.Status locks() {
        var sitting = seat;
        return sitting == null ? new TaskLocks.Status(false, 0) : sitting.locks();
    }

    /**
     * Takes the seat, if there is one to take.
     *
     * @param boot of this process
     */
    synchronized void open(PeerServer peerServer, long boot) {
        server = peerServer;
        life = boot;
        sit();
        compareWithFile(arbiters.list());
    }

    private synchronized void sit() {
        var peerServer = server;
        if (seat != null || peerServer == null || closed) {
            return;
        }
        var self = config.node().name();
        if (!arbiters.list().contains(self) && !Files.exists(books().resolve("book.db"))) {
            return;
        }
        var book = SqliteBook.open(books(), self, config.arbiters());
        var locks = new ArbiterLocks(self, list -> group(peerServer, list));
        var sitting = new ArbiterSeat(self, life, arbiters, peers, locks, book);
        sitting.start();
        locks.follow(arbiters.list());
        arbiters.onNew(locks::follow);
        seat = sitting;
    }

    private Path books() {
        return config.node().dataDir().resolve("book");
    }

    private HazelcastTaskLocks group(PeerServer peerServer, ArbiterList list) {
        var locks = new HazelcastTaskLocks(network.hazelcast(list.seats().size(), arbiters::list, view));
        peerServer.admit(this::isArbiter, locks.door());
        locks.start();
        return locks;
    }

    private void onNew(ArbiterList list) {
        file.write(list);
        compareWithFile(list);
        if (list.contains(config.node().name())) {
            try {
                sit();
            } catch (RuntimeException e) {
                LOG.error(
                        "this node is an arbiter now and cannot open its book remedy=\"mend what the cause says and start"
                                + " this node anew\" cause=\"{}\"",
                        e.getMessage());
            }
        }
    }

    private void compareWithFile(ArbiterList list) {
        if (list.epoch() > 0 && !Set.copyOf(list.names()).equals(Set.copyOf(config.arbiters()))) {
            LOG.warn(
                    "the config file names other arbiters than the books, which count file={} books={} list={}"
                            + " remedy=\"write cluster.arbiters: [{}] in the file\"",
                    config.arbiters(),
                    list.names(),
                    list.epoch(),
                    String.join(", ", list.names()));
        }
    }

    /** Names of the live members. */
    Set<String> live() {
        return view.get().live().stream().map(Member::name).collect(Collectors.toSet());
    }

    /** Hands the list on to another member each time, so that every member hears of a change; to be called each second. */
    void tick() {
        List<String> others = view.get().live().stream()
                .map(Member::name)
                .filter(name -> !name.equals(config.node().name()))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            arbiters.exchange(others.get(Math.floorMod(told++, others.size())));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        var sitting = seat;
        if (sitting != null) {
            sitting.close();
        }
    }
}
