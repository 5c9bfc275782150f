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
import io.rota.membership.wire.Decoded;
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
    private static final int ROUNDS = 10_000;
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
    private long allocatedBytes;
    private long packets;

    AllocationTrial(boolean sealed) {
        this.sealed = sealed;
        Start start = new Start(
                "n0000",
                1,
                address(0),
                MemberMetadata.empty(),
                List.of(new Seed("", "oracle", 7700)),
                ProtocolSettings.lan());
        protocol = new Protocol(start, new SplittableRandom(1), effects::add, 0);
        List<Remembered> table = new ArrayList<>();
        for (int i = 1; i < MEMBERS; i++) {
            Member member = new Member(name(i), 1 + i, 1, MemberState.ALIVE, address(i), MemberMetadata.empty());
            table.add(new Remembered(new MemberRecord(member, 0, WireVersions.OURS, List.of()), 3600));
        }
        protocol.onReply(0, 0, new Packet("oracle", -1, 0, new Message.StateReply(-1, true, table), List.of()));
        effects.clear();
    }

    /** Bytes per packet sent or received. */
    double bytesPerPacket() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            round();
        }
        allocatedBytes = 0;
        packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            round();
        }
        return (double) allocatedBytes / packets;
    }

    private void round() {
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

    private void obey() {
        Effect effect = effects.poll();
        while (effect != null) {
            if (effect instanceof Effect.SendToSelf echo) {
                exchange(address(0), out(echo.packet()));
            } else if (effect instanceof Effect.Send send) {
                byte[] bytes = out(send.packet());
                if (bytes.length > 0 && send.packet().message() instanceof Message.Ping ping) {
                    int target = indexOf(send.to());
                    Message.Ack ack = new Message.Ack(ping.probeId(), ping.round(), ping.digest());
                    Packet answer = new Packet(name(target), 1 + target, sequence++, ack, List.of());
                    byte[] reply = sealed ? seal.seal(answer) : PacketCodec.encode(answer);
                    exchange(send.to(), reply);
                }
            }
            effect = effects.poll();
        }
    }

    private byte[] out(Packet packet) {
        packets++;
        long before = threads.getCurrentThreadAllocatedBytes();
        byte[] box = sealed ? seal.seal(packet) : NO_BYTES;
        int size = sealed ? 0 : writer.write(packet);
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
        return sealed ? box : Arrays.copyOf(writer.buffer(), size);
    }

    private void exchange(InetSocketAddress from, byte[] bytes) {
        packets++;
        long before = threads.getCurrentThreadAllocatedBytes();
        Decoded decoded = sealed ? seal.open(bytes) : reader.read(bytes);
        if (decoded instanceof Decoded.Accepted accepted) {
            protocol.onDatagram(nowNanos, from, accepted.packet());
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
