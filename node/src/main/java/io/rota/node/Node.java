package io.rota.node;

import io.rota.adminui.AdminConfig;
import io.rota.adminui.AdminServer;
import io.rota.membership.Membership;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import io.rota.membership.Seed;
import io.rota.membership.net.SocketMembership;
import io.rota.node.config.NodeConfig;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.PeerServer;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.guard.Guard;
import io.rota.scheduler.guard.GuardProcess;
import io.rota.scheduler.loop.Ticker;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerHandler;
import io.rota.scheduler.run.ArbiterChanges;
import io.rota.scheduler.run.ClusterRing;
import io.rota.scheduler.run.DrainOrders;
import io.rota.scheduler.run.NodeCommands;
import io.rota.scheduler.run.NodeHandler;
import io.rota.scheduler.run.ReadModel;
import io.rota.scheduler.run.ReportCollector;
import io.rota.scheduler.run.Reports;
import io.rota.scheduler.run.RunOrders;
import io.rota.scheduler.run.Scheduler;
import io.rota.scheduler.run.SchedulerSetup;
import io.rota.scheduler.run.TaskAlarms;
import io.rota.scheduler.run.TaskFiles;
import io.rota.scheduler.view.CommandOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: starts its parts in order (sockets first, so that a port in use is found before anything runs) and
 * stops them in reverse, lease and guard last. Thread-safe.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long SURPLUS_MILLIS = 1_000;

    private final NodeConfig config;
    private final NodeNetwork network;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Ticker rings = new Ticker("ring", 1);
    private final TaskFiles files;
    private final Presence presence;
    private final Drain drain;
    private final Readiness readiness;

    private volatile MembershipView view = new MembershipView(0, 0, List.of());
    private volatile ClusterRing ring;
    private volatile PeerHandler handler = request -> new PeerAnswer.Refused("the node is starting");
    private volatile @Nullable Scheduler scheduler;
    private volatile @Nullable ReadModel readModel;
    private volatile @Nullable ReportCollector collector;
    private volatile @Nullable Membership membership;
    private volatile @Nullable PeerCalls peerCalls;
    private volatile Supplier<CompletableFuture<CommandOutcome>> reloads =
            () -> CompletableFuture.completedFuture(new CommandOutcome.Refused(
                    CommandOutcome.Cause.UNAVAILABLE, "this node was started without a file that it could read again"));
    private volatile boolean hurried;
    private boolean closed;

    private Node(NodeConfig config, String softwareVersion) {
        this.config = config;
        this.network = new NodeNetwork(config, softwareVersion);
        this.files = new TaskFiles(config.node().name(), config.taskFile(), this::ringChanged);
        var mark = new DrainMark(config.node().dataDir());
        boolean drained = mark.isSet();
        this.presence = new Presence(config.node().name(), network, files::own, rings::after, drained);
        this.drain = new Drain(mark, presence, drained);
        this.readiness = new Readiness(presence::participation);
        this.ring = ClusterRing.of(view, files);
    }

    /**
     * Starts a node.
     *
     * @throws NodeStartException with one clear line if it cannot start; nothing is left running then
     */
    public static Node start(NodeConfig config, String softwareVersion) throws NodeStartException {
        var node = new Node(config, softwareVersion);
        try {
            node.open(softwareVersion);
            return node;
        } catch (MembershipException | IOException | RuntimeException e) {
            node.closeParts();
            throw new NodeStartException(String.valueOf(e.getMessage()), e);
        }
    }

    private void open(String softwareVersion) throws MembershipException, IOException {
        network.requireFreeAdminPort();
        opened.push(DataDirLock.take(config.node().dataDir()));
        opened.push(rings);
        var peers = new PeerClient(network.identity(), member -> network.peerAddress(view, member));
        opened.push(peers);
        peerCalls = peers;
        var post = new ArbiterPost(config, network, peers, () -> view);
        var peerServer = PeerServer.start(
                network.peerBind(), network.identity(), post::isArbiter, request -> handler.handle(request));
        opened.push(peerServer);
        var gossip = SocketMembership.start(network.membership(), presence.metadata(), new GossipEars());
        membership = gossip;
        opened.push(gossip);
        view = gossip.view();

        opened.push(post);
        post.open(peerServer, gossip.bootId());
        var setup = setup(gossip.bootId(), post, peers);
        var started = new Scheduler(
                setup,
                ears -> launchGuard(gossip.bootId(), post.arbiters().list().names(), ears),
                this::changed);
        opened.push(started);
        scheduler = started;
        var reports = new Reports(config.node().name(), started, post::locks);
        var reported = new ReportCollector(config.node().name(), peers, files, started::onReport, this::reported);
        opened.push(reported);
        collector = reported;
        var alarms = new TaskAlarms(config.node().name(), started, reported, files, () -> ring);
        var model = new ReadModel(
                facts(softwareVersion, post.arbiters()::list),
                started,
                reports,
                reported,
                files,
                () -> ring,
                readiness::hindrances,
                alarms);
        readModel = model;
        var orders = new RunOrders(() -> files.own().tasks(), peers, () -> ring);
        opened.push(orders);
        var commands = commands(setup.claimant(), post, started, orders, peers);
        var arbitration = new NodeHandler.Arbitration(post.arbiters(), post::seat);
        handler = new NodeHandler(config.node().name(), started, reports, files, commands, arbitration, this::onDeath);
        peers.answerOwn(request -> handler.handle(request));
        var admin = AdminServer.start(
                new AdminConfig("127.0.0.1", config.node().ports().admin()), model, commands);
        opened.push(admin);

        OwnAccounts.check(config.tasks());
        started.start();
        reported.start();
        onView(gossip.view());
        presence.begin(gossip.view(), hasOtherSeeds(), gossip::updateMetadata);
        readiness.started(() ->
                post.seat().isEmpty() || started.sight(config.node().name()).voting());
        rings.every(SURPLUS_MILLIS, () -> {
            model.stopSurplus();
            files.learn(view, peers);
            post.tick();
        });
        rings.every(TaskAlarms.LOOK_MILLIS, alarms::look);
        logStart(gossip.bootId(), admin.port(), post.arbiters().list().names());
    }

    private NodeCommands commands(
            String claimant, ArbiterPost post, Scheduler running, RunOrders orders, PeerCalls peers) {
        var changes = new ArbiterChanges(claimant, post.arbiters(), post::live);
        opened.push(changes);
        var drains = new DrainOrders(config.node().name(), peers, () -> ring, DrainOrders.Busy.of(running), drain);
        return new NodeCommands(orders, running, changes, drains, () -> reloads.get());
    }

    private void logStart(long bootId, int adminPort, List<String> arbiters) {
        LOG.info(
                "node started name={} boot={} gossip={} peer={} admin=http://127.0.0.1:{}/ arbiters={} tasks={}",
                config.node().name(),
                Long.toHexString(bootId),
                config.node().ports().gossip(),
                config.node().ports().peer(),
                adminPort,
                arbiters,
                config.tasks().size());
    }

    private SchedulerSetup setup(long bootId, ArbiterPost post, PeerCalls peers) {
        return new SchedulerSetup(
                config.node().name(),
                bootId,
                config.taskFile(),
                post.arbiters(),
                peers,
                config.node().slots(),
                config.node().dataDir(),
                config.directory(),
                JavaTaskCommand.argv());
    }

    private Guard launchGuard(long bootId, List<String> arbiters, Guard.Listener ears) {
        try {
            return new GuardProcess(GuardCommandLine.of(config, bootId, arbiters), network.guardEnvironment(), ears);
        } catch (IOException e) {
            throw new UncheckedIOException("the guard process cannot be started", e);
        }
    }

    private ReadModel.Facts facts(String softwareVersion, Supplier<ArbiterList> arbiters) {
        return new ReadModel.Facts(
                config.clusterName(),
                config.node().name(),
                softwareVersion,
                !hasOtherSeeds(),
                arbiters,
                config.arbiters());
    }

    private boolean hasOtherSeeds() {
        return config.seeds().stream()
                .anyMatch(seed -> !seed.name().equals(config.node().name()));
    }

    // ---- what happens

    private final class GossipEars implements MembershipListener {
        @Override
        public void onView(MembershipView next) {
            Node.this.onView(next);
        }

        @Override
        public void onSeedRefused(Seed seed) {
            LOG.error(
                    "seed {} turned this node away: until a member answers, no task runs here"
                            + " remedy=\"give both the same cluster key and cluster name\"",
                    seed);
            presence.turnedAway();
        }

        @Override
        public void onNameTaken(InetSocketAddress holder) {
            failure.complete("another live node bears the name " + config.node().name() + " (it gossips at " + holder
                    + "): rename this one (node.name) and start it again");
        }
    }

    /** Waits for as long as the node can go on; then returns the reason why it cannot. */
    public String awaitFailure() throws InterruptedException {
        try {
            return failure.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("only ever completed with a reason", e);
        }
    }

    private void onView(MembershipView next) {
        view = next;
        ringChanged();
    }

    private void ringChanged() {
        rings.after(0, this::recompute);
    }

    /**
     * Takes over the tasks of another config file while the node runs. A task whose process would be the same goes on
     * running.
     */
    public synchronized CommandOutcome reload(NodeConfig next) {
        var running = scheduler;
        if (closed || running == null) {
            return new CommandOutcome.Refused(
                    CommandOutcome.Cause.UNAVAILABLE, closed ? "the node stops" : "the node is starting");
        }
        return new Reload(config, files).take(next, tasks -> {
            running.onTasks(tasks);
            presence.fileChanged();
            ringChanged();
        });
    }

    /** Who reads this node's file again when a person asks for it. */
    void onReloadAsked(Supplier<CompletableFuture<CommandOutcome>> reader) {
        reloads = reader;
    }

    private void recompute() {
        var latest = view;
        var calls = peerCalls;
        if (calls != null) {
            files.learn(latest, calls);
        }
        var next = ClusterRing.of(latest, files);
        ring = next;
        var running = scheduler;
        if (running != null) {
            running.onRing(next, files.ownOutlines());
            running.tellGuard(network.peersForGuard(latest));
        }
        var collecting = collector;
        if (collecting != null) {
            collecting.onView(latest);
        }
        presence.onView(latest);
        changed();
    }

    private void onDeath(DeathWord word) {
        var gossip = membership;
        if (gossip != null && !word.node().equals(config.node().name())) {
            LOG.info(
                    "guard's word: node and all its processes are gone node={} boot={}",
                    word.node(),
                    Long.toHexString(word.bootId()));
            gossip.proveDead(word.node(), word.bootId());
        }
    }

    private void reported() {
        var model = readModel;
        if (model != null) {
            model.reported();
        }
    }

    private void changed() {
        var model = readModel;
        if (model != null) {
            model.changed();
        }
    }

    // ---- the end

    /**
     * Stops in good order: the others take over what runs here while it still runs, what is left is stopped, the node
     * leaves, and lease and guard end last. Idempotent.
     */
    @Override
    public void close() {
        // Before anything else, and not held up by anything: whoever sends work here is to look elsewhere.
        readiness.stopping();
        end();
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        var running = scheduler;
        var gossip = membership;
        if (running != null && gossip != null) {
            presence.leave();
            if (!new GracefulStop(config, running, () -> view, () -> hurried).run(gossip)) {
                // With the sockets open to the last: one that is closed is taken for a proof of death.
                running.close();
                return;
            }
        }
        closeParts();
        LOG.info("stopped");
    }

    /** A stop under way waits no longer for the others to take over: what runs here is stopped. */
    public void hurry() {
        LOG.info("told to hurry: what is not handed over is stopped");
        hurried = true;
    }

    private void closeParts() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("a part did not stop cleanly: {}", e.toString());
            }
        }
    }
}
