package io.rota.membership.sim;

import io.rota.membership.Seed;
import io.rota.membership.protocol.DialOutcome;
import io.rota.membership.protocol.Effect;
import io.rota.membership.protocol.Packet;
import io.rota.membership.wire.Decoded;
import io.rota.membership.wire.PacketReader;
import io.rota.membership.wire.PacketWriter;
import io.rota.membership.wire.SealedBox;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The simulated network: datagrams that get lost, late, twice or nowhere, and streams that connect, refuse or hang. */
final class SimNetwork {

    private static final int HEADER_BYTES = 28 + SealedBox.OVERHEAD_BYTES;
    private static final int STREAM_HEADER_BYTES = 7 * 52;
    private static final long SELF_NANOS = 20_000;
    private static final long DIAL_LIMIT_NANOS = 3_000_000_000L;
    private static final long RETRANSMIT_NANOS = 200_000_000L;

    private final SimCluster cluster;
    private final SplittableRandom random;
    private final boolean encoded;
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final Map<InetSocketAddress, SimNode> byAddress = new HashMap<>();
    private final Map<String, SimNode> byHost = new HashMap<>();
    private final Map<Long, StreamCall> calls = new HashMap<>();
    private final Set<Long> oneWayCuts = new HashSet<>();
    private final Set<Long> datagramCuts = new HashSet<>();
    private final Map<Integer, Double> egressLoss = new HashMap<>();
    private int[] sides = new int[0];
    private NetworkFaults faults = NetworkFaults.none();
    private long nextCall;
    private long traceHash = 17;

    SimNetwork(SimCluster cluster, SplittableRandom random, boolean encoded) {
        this.cluster = cluster;
        this.random = random;
        this.encoded = encoded;
    }

    void add(SimNode node) {
        byAddress.put(node.address, node);
        byHost.put(node.name, node);
    }

    void faults(NetworkFaults changed) {
        faults = changed;
    }

    void sides(int[] changed) {
        sides = changed.clone();
    }

    void cutOneWay(int from, int to) {
        oneWayCuts.add(pair(from, to));
    }

    void cutDatagrams(int one, int other) {
        datagramCuts.add(pair(one, other));
        datagramCuts.add(pair(other, one));
    }

    void loseFrom(int from, double share) {
        egressLoss.put(from, share);
    }

    void mend() {
        oneWayCuts.clear();
        datagramCuts.clear();
        egressLoss.clear();
        sides = new int[0];
    }

    /** A hash over everything delivered: equal hashes, equal runs. */
    long traceHash() {
        return traceHash;
    }

    void trace(long value) {
        traceHash = traceHash * 0x9E3779B97F4A7C15L + value;
    }

    void obey(SimNode from, Effect effect) {
        if (effect instanceof Effect.Send send) {
            datagram(from, send);
        } else if (effect instanceof Effect.SendToSelf send) {
            int generation = from.generation();
            cluster.time()
                    .after(
                            SELF_NANOS,
                            () -> deliver(
                                    from,
                                    generation,
                                    () -> from.input(
                                            protocol -> protocol.onDatagram(from.now(), from.address, send.packet()))));
        } else if (effect instanceof Effect.Dial dial) {
            dial(from, dial.dialId(), byAddress.get(dial.to()), dial.request());
        } else if (effect instanceof Effect.DialSeed dial) {
            dialSeed(from, dial);
        } else if (effect instanceof Effect.Answer answer) {
            answer(from, answer);
        }
    }

    private void datagram(SimNode from, Effect.Send send) {
        byte[] bytes = encode(send.packet());
        cluster.injected().sent++;
        cluster.injected().bytes += bytes.length + HEADER_BYTES;
        SimNode to = byAddress.get(send.to());
        if (to == null || isCut(from.index, to.index) || datagramCuts.contains(pair(from.index, to.index))) {
            cluster.injected().cut++;
        } else if (random.nextDouble() < Math.max(faults.loss(), egressLoss.getOrDefault(from.index, 0.0))) {
            cluster.injected().lost++;
        } else {
            Packet packet = carried(send.packet(), bytes);
            transport(from, to, packet);
            if (random.nextDouble() < faults.duplicate()) {
                cluster.injected().duplicated++;
                transport(from, to, packet);
            }
        }
    }

    private void transport(SimNode from, SimNode to, Packet packet) {
        int generation = to.generation();
        cluster.time()
                .after(
                        delay(),
                        () -> deliver(to, generation, () -> {
                            trace(packet.bootId() ^ packet.sequence() * 31 ^ to.index ^ now());
                            to.input(protocol -> protocol.onDatagram(to.now(), from.address, packet));
                        }));
    }

    private void dialSeed(SimNode from, Effect.DialSeed dial) {
        Seed seed = dial.seed();
        SimNode to = byHost.get(seed.host());
        if (cluster.answersAsOracle(from, dial.dialId())) {
            return;
        }
        if (to == null) {
            later(
                    from,
                    delay(),
                    () -> from.input(
                            protocol -> protocol.onDialEnd(from.now(), dial.dialId(), DialOutcome.UNRESOLVED)));
        } else {
            dial(from, dial.dialId(), to, dial.request());
        }
    }

    private void dial(SimNode from, long dialId, @Nullable SimNode to, Packet request) {
        long callId = nextCall++;
        StreamCall call = new StreamCall(from, from.generation(), dialId);
        calls.put(callId, call);
        cluster.time().after(DIAL_LIMIT_NANOS, () -> end(callId, DialOutcome.TIMED_OUT));
        if (to == null || !to.isHostUp() || isCut(from.index, to.index) || isCut(to.index, from.index)) {
            return;
        }
        if (!to.isRunning()) {
            cluster.time().after(2 * delay(), () -> end(callId, DialOutcome.REFUSED));
            return;
        }
        byte[] bytes = encode(request);
        cluster.injected().bytes += bytes.length + HEADER_BYTES + STREAM_HEADER_BYTES;
        Packet packet = carried(request, bytes);
        int generation = to.generation();
        cluster.time()
                .after(
                        streamDelay(),
                        () -> deliver(to, generation, () -> {
                            trace(packet.bootId() ^ packet.sequence() * 37 ^ to.index ^ now());
                            to.input(protocol -> protocol.onStream(to.now(), callId, from.address, packet));
                        }));
    }

    private void answer(SimNode from, Effect.Answer answer) {
        StreamCall call = calls.get(answer.streamId());
        if (call == null || isCut(from.index, call.caller().index)) {
            return;
        }
        List<Packet> packets = answer.packets().stream()
                .map(packet -> carried(packet, countStream(packet)))
                .toList();
        SimNode caller = call.caller();
        later(caller, streamDelay(), () -> {
            if (calls.containsKey(answer.streamId())) {
                for (Packet packet : packets) {
                    trace(packet.bootId() ^ packet.sequence() * 41 ^ caller.index ^ now());
                    caller.input(protocol -> protocol.onReply(caller.now(), call.dialId(), packet));
                }
                end(answer.streamId(), DialOutcome.ANSWERED);
            }
        });
    }

    private byte[] countStream(Packet packet) {
        byte[] bytes = encode(packet);
        cluster.injected().bytes += bytes.length + HEADER_BYTES;
        return bytes;
    }

    private void end(long callId, DialOutcome outcome) {
        StreamCall call = calls.remove(callId);
        if (call != null && call.caller().generation() == call.generation()) {
            call.caller().input(protocol -> protocol.onDialEnd(call.caller().now(), call.dialId(), outcome));
        }
    }

    private void later(SimNode node, long delayNanos, Runnable what) {
        int generation = node.generation();
        cluster.time().after(delayNanos, () -> deliver(node, generation, what));
    }

    private static void deliver(SimNode to, int generation, Runnable what) {
        if (to.isRunning() && to.generation() == generation) {
            what.run();
        }
    }

    private byte[] encode(Packet packet) {
        int size = writer.write(packet);
        return Arrays.copyOf(writer.buffer(), size);
    }

    private Packet carried(Packet packet, byte[] bytes) {
        if (!encoded) {
            return packet;
        }
        if (reader.read(bytes) instanceof Decoded.Accepted accepted) {
            return accepted.packet();
        }
        throw new IllegalStateException("own packet is not readable: " + packet + " " + Arrays.toString(bytes));
    }

    private long delay() {
        return faults.latencyNanos() + (faults.jitterNanos() == 0 ? 0 : random.nextLong(faults.jitterNanos()));
    }

    private long streamDelay() {
        long delay = 2 * delay();
        while (random.nextDouble() < faults.loss()) {
            delay += RETRANSMIT_NANOS;
        }
        return delay;
    }

    private boolean isCut(int from, int to) {
        boolean apart = sides.length > 0 && sides[from] != sides[to];
        return apart || oneWayCuts.contains(pair(from, to));
    }

    private static long pair(int from, int to) {
        return ((long) from << 32) | to;
    }

    private long now() {
        return cluster.time().nowNanos();
    }

    private record StreamCall(SimNode caller, int generation, long dialId) {}
}
