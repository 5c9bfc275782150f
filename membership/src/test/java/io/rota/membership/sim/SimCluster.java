package io.rota.membership.sim;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import io.rota.membership.protocol.DialOutcome;
import io.rota.membership.protocol.Event;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Start;
import io.rota.membership.protocol.WireVersions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A whole cluster under one virtual clock. Everything is drawn from one seed: equal seeds and equal calls give equal runs, bit for bit, which
 * {@link #traceHash()} witnesses. Confined to one thread.
 */
public final class SimCluster {

    private static final int SEEDS = 3;
    private static final int PORT = 7700;
    private static final Duration LOOK_EACH = Duration.ofMillis(50);

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random;
    private final ProtocolSettings settings;
    private final SimNetwork network;
    private final Injected injected = new Injected();
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<SimListener> listeners = new ArrayList<>();
    private final List<StepListener> stepListeners = new ArrayList<>();
    private final Set<Integer> knowingAll = new HashSet<>();
    private List<Remembered> preformed = List.of();

    private SimCluster(long seed, ProtocolSettings settings, boolean encoded) {
        this.random = new SplittableRandom(seed);
        this.settings = settings;
        this.network = new SimNetwork(this, random.split(), encoded);
    }

    /** A cluster whose packets go through the real codec. */
    public static SimCluster create(long seed, ProtocolSettings settings) {
        return new SimCluster(seed, settings, true);
    }

    /** A cluster whose nodes share the packets' values, so that thousands fit into memory; sizes are still counted in real bytes. */
    public static SimCluster createShared(long seed, ProtocolSettings settings) {
        return new SimCluster(seed, settings, false);
    }

    public void listen(SimListener listener) {
        listeners.add(listener);
    }

    public void listenToSteps(StepListener listener) {
        stepListeners.add(listener);
    }

    /** Starts that many nodes at once; they find each other by their seeds. */
    public void start(int count) {
        int before = nodes.size();
        addNodes(count);
        for (SimNode node : List.copyOf(nodes).subList(before, nodes.size())) {
            start(node, random.nextLong());
        }
    }

    /** Starts that many nodes that know each other already, as after an hour of quiet. */
    public void startPreformed(int count) {
        addNodes(count);
        List<Long> bootIds = new ArrayList<>();
        List<Remembered> records = new ArrayList<>();
        for (SimNode node : nodes) {
            bootIds.add(random.nextLong());
            Member member = new Member(
                    node.name, bootIds.get(node.index), 1, MemberState.ALIVE, node.address, MemberMetadata.empty());
            records.add(new Remembered(new MemberRecord(member, 0, WireVersions.OURS, List.of()), 3600));
        }
        preformed = List.copyOf(records);
        nodes.forEach(node -> start(node, bootIds.get(node.index)));
        run(Duration.ofMillis(1));
        preformed = List.of();
        knowingAll.clear();
    }

    /** The process ends; its host refuses connections from now on. */
    public void kill(int node) {
        injected.kills++;
        nodes.get(node).die(false);
    }

    /** The host falls silent. */
    public void vanish(int node) {
        injected.kills++;
        nodes.get(node).die(true);
    }

    /** A new process under the old name and address. */
    public void restart(int node) {
        start(nodes.get(node), random.nextLong());
    }

    public void leave(int node) {
        SimNode leaver = nodes.get(node);
        leaver.input(protocol -> protocol.leave(leaver.now()));
    }

    public void proveDead(int teller, int subject) {
        SimNode dead = nodes.get(subject);
        SimNode judge = nodes.get(teller);
        judge.input(protocol -> protocol.proveDead(judge.now(), dead.name, dead.bootId()));
    }

    public void describe(int node, MemberMetadata metadata) {
        SimNode speaker = nodes.get(node);
        speaker.input(protocol -> protocol.describe(speaker.now(), metadata));
    }

    public void stall(int node, Stall kind, Duration length) {
        if (nodes.get(node).isRunning() && !nodes.get(node).isStalled()) {
            injected.stalls++;
            nodes.get(node).stall(kind, length.toNanos());
        }
    }

    /** Somebody sets that host's clock, back or forward. */
    public void shiftClock(int node, Duration by) {
        if (nodes.get(node).isRunning()) {
            injected.clockShifts++;
            nodes.get(node).shiftClock(by.toNanos());
        }
    }

    public void faults(NetworkFaults faults) {
        network.faults(faults);
    }

    /** Only nodes of one side reach each other. */
    public void partition(int... sideOfNode) {
        network.sides(sideOfNode);
    }

    public void cutOneWay(int from, int to) {
        network.cutOneWay(from, to);
    }

    public void loseFrom(int node, double share) {
        network.loseFrom(node, share);
    }

    /** Datagrams between the two are lost in both directions; streams pass. */
    public void cutDatagrams(int one, int other) {
        network.cutDatagrams(one, other);
    }

    /** Nothing reaches that node any more, though what it sends arrives. */
    public void cutIngress(int node) {
        for (int other = 0; other < nodes.size(); other++) {
            if (other != node) {
                network.cutOneWay(other, node);
            }
        }
    }

    /** All cuts are gone. */
    public void mend() {
        network.mend();
    }

    public void run(Duration length) {
        time.runUntil(time.nowNanos() + length.toNanos());
    }

    public long nowNanos() {
        return time.nowNanos();
    }

    /** An alarm of the experiment's own. */
    public void after(Duration delay, Runnable what) {
        time.after(delay.toNanos(), what);
    }

    public String name(int node) {
        return nodes.get(node).name;
    }

    public int size() {
        return nodes.size();
    }

    public boolean isRunning(int node) {
        return nodes.get(node).isRunning();
    }

    /** Neither dead nor standing still. */
    public boolean isHealthy(int node) {
        return nodes.get(node).isRunning() && !nodes.get(node).isStalled();
    }

    public int indexOf(String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** The last published view. */
    public MembershipView view(int node) {
        return nodes.get(node).view();
    }

    /** What the node believes at this instant. */
    public MembershipView belief(int node) {
        return nodes.get(node).protocol().snapshot();
    }

    /** True when all running nodes believe the same, and hold exactly that many for live. */
    public boolean agreeOnLive(int count) {
        long hash = 0;
        boolean first = true;
        for (SimNode node : nodes) {
            if (node.isRunning()) {
                MembershipView belief = node.protocol().snapshot();
                if ((!first && belief.hash() != hash) || belief.live().size() != count) {
                    return false;
                }
                hash = belief.hash();
                first = false;
            }
        }
        return true;
    }

    /** Runs until the condition holds, looking each 50 ms; the time it took, or the limit. */
    public Duration runUntil(BooleanSupplier condition, Duration limit) {
        long began = time.nowNanos();
        while (!condition.getAsBoolean() && time.nowNanos() - began < limit.toNanos()) {
            run(LOOK_EACH);
        }
        return Duration.ofNanos(time.nowNanos() - began);
    }

    public Injected injected() {
        return injected;
    }

    public long traceHash() {
        return network.traceHash();
    }

    VirtualTime time() {
        return time;
    }

    SimNetwork network() {
        return network;
    }

    void onStep(SimNode node) {
        if (node.isRunning()) {
            for (StepListener listener : stepListeners) {
                listener.onStep(time.nowNanos(), node.name, node.protocol());
            }
        }
    }

    void onEvent(SimNode node, Event event) {
        network.trace(event.getClass().getSimpleName().hashCode() ^ (node.index * 131L));
        for (SimListener listener : listeners) {
            listener.onEvent(time.nowNanos(), node.name, event);
        }
    }

    /** While a preformed cluster starts, each node's first dial is answered with the whole table. */
    boolean answersAsOracle(SimNode node, long dialId) {
        if (preformed.isEmpty() || !knowingAll.add(node.index)) {
            return !preformed.isEmpty();
        }
        Packet reply = new Packet("oracle", 1, 0, new Message.StateReply(-1, true, preformed), List.of());
        time.after(
                1000,
                () -> node.input(protocol -> {
                    protocol.onReply(node.now(), dialId, reply);
                    protocol.onDialEnd(node.now(), dialId, DialOutcome.ANSWERED);
                }));
        return true;
    }

    private void start(SimNode node, long bootId) {
        Start start = new Start(node.name, bootId, node.address, MemberMetadata.empty(), seeds(), settings);
        node.start(start, random.split());
    }

    private List<Seed> seeds() {
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < Math.min(SEEDS, nodes.size()); i++) {
            seeds.add(new Seed(nodes.get(i).name, nodes.get(i).name, PORT));
        }
        return seeds;
    }

    private void addNodes(int count) {
        for (int i = 0; i < count; i++) {
            int index = nodes.size();
            SimNode node = new SimNode(this, index, String.format(Locale.ROOT, "n%04d", index), address(index));
            nodes.add(node);
            network.add(node);
        }
    }

    private static InetSocketAddress address(int index) {
        byte[] ip = {10, 0, (byte) (index >> 8), (byte) index};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
