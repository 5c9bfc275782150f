package io.rota.membership.sim;

import com.sun.management.ThreadMXBean;
import io.rota.membership.Keyring;
import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import io.rota.membership.protocol.Effect;
import io.rota.membership.protocol.MemberRecord;
import io.rota.membership.protocol.Message;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Protocol;
import io.rota.membership.protocol.Remembered;
import io.rota.membership.protocol.Start;
import io.rota.membership.protocol.WireVersions;
import io.rota.membership.wire.PacketCodec;
import io.rota.membership.wire.PacketReader;
import io.rota.membership.wire.PacketWriter;
import io.rota.membership.wire.SealedPackets;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/** What one steady-state probe round allocates in core and codec, and with sealing and opening: one member's view of a thousand, by the thread's own counter. */
final class AllocationTrial {

    private static final int MEMBERS = 1000;
    private static final int WARM_UP_ROUNDS = 3_000;
    private static final int SPANS = 9;
    private static final int ROUNDS = 1_000;
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private static final byte[] NO_BYTES = new byte[0];

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Queue<Effect> effects = new ArrayDeque<>();
    private final SealedPackets seal = new SealedPackets(Keyring.of(new byte[Keyring.KEY_BYTES]), "c");
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final Protocol protocol;
    private final boolean sealed;
    private long nowNanos;
    private long sequence = 1;
    private long digest;
    private long allocatedBytes;
    private long packets;

    AllocationTrial(boolean sealed) {
        this.sealed = sealed;
        Start start = new Start(
                name(0),
                1,
                address(0),
                MemberMetadata.empty(),
                List.of(new Seed(name(1), "oracle", 7700)),
                ProtocolSettings.lan());
        protocol = new Protocol(start, new SplittableRandom(1), effects::add, 0);
        List<Remembered> table = new ArrayList<>();
        for (int i = 1; i < MEMBERS; i++) {
            Member member = new Member(name(i), 1 + i, 1, MemberState.ALIVE, address(i), MemberMetadata.empty());
            table.add(new Remembered(new MemberRecord(member, 0, WireVersions.OURS, List.of()), 3600));
        }
        protocol.onReply(0, 0, new Packet(name(1), 2, 0, new Message.StateReply(-1, true, table), List.of()));
        effects.clear();
        digest = protocol.snapshot().hash();
    }

    /**
     * Bytes per packet sent or received: the median of several spans of time, each long enough for everything that comes again and again. Now and then a
     * span shows some 100 bytes more, once, where the JVM swaps compiled code.
     */
    double bytesPerPacket() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            round();
        }
        double[] perPacket = new double[SPANS];
        for (int span = 0; span < SPANS; span++) {
            allocatedBytes = 0;
            packets = 0;
            for (int round = 0; round < ROUNDS; round++) {
                round();
            }
            perPacket[span] = (double) allocatedBytes / packets;
        }
        Arrays.sort(perPacket);
        return perPacket[SPANS / 2];
    }

    private void round() {
        pinged();
        long until = nowNanos + INTERVAL_NANOS;
        while (protocol.nextTimerNanos() <= until) {
            nowNanos = Math.max(nowNanos, protocol.nextTimerNanos());
            long before = threads.getCurrentThreadAllocatedBytes();
            protocol.onTimer(nowNanos);
            allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
            obey();
        }
        nowNanos = until;
    }

    /** Another member, a different one each time, probes us. */
    private void pinged() {
        int from = 1 + (int) (sequence % (MEMBERS - 1));
        Message ping = new Message.Ping(sequence, 1, MemberState.ALIVE, 1, 0, digest);
        exchange(address(from), from, ping);
        obey();
    }

    private void obey() {
        Effect effect = effects.poll();
        while (effect != null) {
            if (effect instanceof Effect.SendToSelf echo) {
                byte[] bytes = out(echo.packet());
                in(address(0), bytes);
            } else if (effect instanceof Effect.Send send) {
                out(send.packet());
                if (send.packet().message() instanceof Message.Ping ping) {
                    int target = indexOf(send.to());
                    exchange(send.to(), target, new Message.Ack(ping.probeId(), ping.round(), ping.digest()));
                }
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            protocol.giveBack(effect);
            allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
            effect = effects.poll();
        }
    }

    /** What leaves: written, or written and sealed. */
    private byte[] out(Packet packet) {
        packets++;
        long before = threads.getCurrentThreadAllocatedBytes();
        byte[] box = sealed ? seal.seal(packet) : NO_BYTES;
        int size = sealed ? 0 : writer.write(packet);
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
        return sealed ? box : Arrays.copyOf(writer.buffer(), size);
    }

    /** The others are not measured. */
    private void exchange(InetSocketAddress from, int member, Message message) {
        Packet packet = new Packet(name(member), 1 + member, sequence++, message, List.of());
        in(from, sealed ? seal.seal(packet) : PacketCodec.encode(packet));
    }

    /** What comes: opened, read, taken in. */
    private void in(InetSocketAddress from, byte[] bytes) {
        packets++;
        long before = threads.getCurrentThreadAllocatedBytes();
        Packet packet = sealed ? seal.packetIn(bytes) : reader.packetIn(bytes, bytes.length);
        if (packet == null) {
            throw new IllegalStateException("own packet is not readable");
        }
        protocol.onDatagram(nowNanos, from, packet);
        if (sealed) {
            seal.giveBack(packet);
        } else {
            reader.giveBack(packet);
        }
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String name(int index) {
        return "n" + (10_000 + index);
    }

    private static int indexOf(InetSocketAddress address) {
        return address.getPort() - 1;
    }

    private static InetSocketAddress address(int index) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + index);
    }
}
