package io.rota.membership.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A production core that knows two members and is handed whatever was decoded, at each of its three doors. Confined to one thread. */
final class ListeningCore {

    static final InetSocketAddress PEER = address(2);

    /** Its dial, the first one, stays open: by it the table came, and more may come. */
    private static final List<Seed> SEEDS = List.of(new Seed("", "oracle", 7700));

    private static final long WHILE_NANOS = 3_000_000_000L;

    private final List<Effect> effects = new ArrayList<>();
    private final Protocol protocol;
    private long nowNanos;
    private long handed;

    ListeningCore() {
        Start start = new Start("self", 1, address(1), MemberMetadata.empty(), SEEDS, ProtocolSettings.lan());
        protocol = new Protocol(start, new SplittableRandom(1), effects::add, 0);
        List<Remembered> table = List.of(row("n1", 2), row("n2", 3));
        protocol.onReply(0, 0, new Packet("oracle", -1, 0, new Message.StateReply(-1, true, table), List.of()));
        effects.clear();
        assertThat(protocol.snapshot().live()).hasSize(3);
    }

    /** As the shell does: what was accepted goes in, the rest does not. */
    void take(Decoded decoded) {
        for (Door door : Door.values()) {
            takeBy(door, decoded);
        }
    }

    /** The same at one door; what the core wants done about it. */
    List<Effect> takeBy(Door door, Decoded decoded) {
        if (decoded instanceof Decoded.Accepted accepted) {
            handed++;
            switch (door) {
                case DATAGRAM -> protocol.onDatagram(nowNanos, PEER, accepted.packet());
                case STREAM -> protocol.onStream(nowNanos, handed, PEER, accepted.packet());
                case REPLY -> protocol.onReply(nowNanos, 0, accepted.packet());
            }
        }
        return effects;
    }

    /** Timers fire, so that what was planted comes out. */
    void passAWhile() {
        long until = nowNanos + WHILE_NANOS;
        while (protocol.nextTimerNanos() <= until) {
            nowNanos = Math.max(nowNanos, protocol.nextTimerNanos());
            protocol.onTimer(nowNanos);
        }
        nowNanos = until;
        effects.clear();
    }

    /** All that the outside can see of the core. */
    String fingerprint() {
        return protocol.snapshot() + " " + protocol.nextTimerNanos() + " " + effects + " " + handed;
    }

    boolean holdsItselfForAlive() {
        MembershipView view = protocol.snapshot();
        return view.find("self").map(Member::state).orElse(MemberState.DEAD) == MemberState.ALIVE;
    }

    /** Where packets come in. */
    enum Door {
        DATAGRAM,
        STREAM,
        REPLY
    }

    private static Remembered row(String name, long bootId) {
        Member member = new Member(name, bootId, 1, MemberState.ALIVE, address((int) bootId), MemberMetadata.empty());
        return new Remembered(new MemberRecord(member, 0, WireVersions.OURS, List.of()), 3600);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
