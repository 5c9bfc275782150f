package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.ProtocolSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One real core, named "self", and peers that the test plays by hand: it writes their packets and reads what the core sends. Time passes only when the
 * test says so. Self-probes come back at once unless the test holds the inbox.
 */
final class Bench {

    static final long SELF_BOOT = 1;

    private final List<Effect> effects = new ArrayList<>();
    private final List<Effect> seen = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Protocol protocol;
    private long nowNanos;
    private boolean inboxHeld;

    Bench(ProtocolSettings settings) {
        this(settings, WireVersions.OURS);
    }

    Bench(ProtocolSettings settings, WireVersions wire) {
        Start start = new Start(
                "self", SELF_BOOT, address("self"), MemberMetadata.empty(), List.of(), settings, wire, List.of(1));
        protocol = new Protocol(start, new SplittableRandom(5), effects::add, 0);
        settle();
    }

    /** Members that the core believes in, told by a first peer whom it has dialled back. */
    Bench knowing(String... names) {
        admit(names[0]);
        for (int i = 1; i < names.length; i++) {
            rumor(names[0], new Rumor.Alive(record(names[i], 1)));
        }
        seen.clear();
        return this;
    }

    static InetSocketAddress address(String name) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000 + Math.floorMod(name.hashCode(), 60_000));
    }

    static long boot(String name) {
        return name.equals("self") ? SELF_BOOT : 1000L + name.hashCode();
    }

    static MemberRecord record(String name, long incarnation) {
        return record(name, boot(name), incarnation);
    }

    static MemberRecord record(String name, long bootId, long incarnation) {
        Member member = new Member(name, bootId, incarnation, MemberState.ALIVE, address(name), MemberMetadata.empty());
        return new MemberRecord(member, 0, WireVersions.OURS, List.of());
    }

    static MemberRecord record(String name, WireVersions wire, List<Integer> keys) {
        return new MemberRecord(record(name, 1).member(), 0, wire, keys);
    }

    /** The peer sends a datagram. */
    void send(String peer, Message message, Rumor... rumors) {
        send(peer, boot(peer), message, rumors);
    }

    void send(String peer, long bootId, Message message, Rumor... rumors) {
        sendFrom(address(peer), peer, bootId, message, rumors);
    }

    void sendFrom(InetSocketAddress from, String peer, long bootId, Message message, Rumor... rumors) {
        long sequence = sequences.merge(peer + bootId, 1L, Long::sum);
        protocol.onDatagram(nowNanos, from, new Packet(peer, bootId, sequence, message, List.of(rumors)));
        settle();
    }

    void rumor(String teller, Rumor... rumors) {
        send(teller, new Message.Gossip(), rumors);
    }

    /** The very same packet again. */
    void replay(Packet packet) {
        protocol.onDatagram(nowNanos, address(packet.sender()), packet);
        settle();
    }

    void dialEnds(Effect.Dial dial, DialOutcome outcome) {
        protocol.onDialEnd(nowNanos, dial.dialId(), outcome);
        settle();
    }

    void dialAnswers(Effect.Dial dial, String peer, Message message) {
        long sequence = sequences.merge(peer + boot(peer), 1L, Long::sum);
        protocol.onReply(nowNanos, dial.dialId(), new Packet(peer, boot(peer), sequence, message, List.of()));
        settle();
    }

    /** Time passes, timers fire when they are due. */
    void pass(long millis) {
        long until = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (protocol.nextTimerNanos() <= until) {
            nowNanos = Math.max(nowNanos, protocol.nextTimerNanos());
            protocol.onTimer(nowNanos);
            settle();
        }
        nowNanos = until;
    }

    /** Time passes until the core probes somebody; who it is. */
    String passUntilProbe() {
        forget();
        for (int millis = 0; millis < 10_000; millis++) {
            pass(1);
            for (Member member : protocol.snapshot().members()) {
                if (!sentTo(member.name(), Message.Ping.class).isEmpty()) {
                    return member.name();
                }
            }
        }
        throw new AssertionError("nobody was probed");
    }

    /** The dial that goes with that probe. */
    Effect.Dial probeDial() {
        return effects(Effect.Dial.class).stream()
                .filter(dial -> dial.request().message() instanceof Message.Ping)
                .findFirst()
                .orElseThrow();
    }

    /** The process stands still, then fires what is overdue. */
    void stall(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        protocol.onTimer(nowNanos);
        settle();
    }

    void holdInbox(boolean held) {
        inboxHeld = held;
    }

    Protocol protocol() {
        return protocol;
    }

    long nowNanos() {
        return nowNanos;
    }

    MemberState stateOf(String name) {
        return member(name).state();
    }

    Member member(String name) {
        MembershipView view = protocol.snapshot();
        return view.find(name).orElseThrow(() -> new AssertionError(name + " is unknown in " + view));
    }

    boolean knows(String name) {
        return protocol.snapshot().find(name).isPresent();
    }

    /** All effects of that kind since the last {@link #forget}. */
    <E extends Effect> List<E> effects(Class<E> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All messages of that kind sent by datagram to that peer since the last {@link #forget}. */
    <M extends Message> List<M> sentTo(String peer, Class<M> kind) {
        return effects(Effect.Send.class).stream()
                .filter(send -> send.to().equals(address(peer)))
                .map(send -> send.packet().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** All news that rode on datagrams since the last {@link #forget}. */
    List<Rumor> rumorsSent() {
        return effects(Effect.Send.class).stream()
                .flatMap(send -> send.packet().rumors().stream())
                .toList();
    }

    <E extends Event> List<E> events(Class<E> kind) {
        return effects(Effect.Report.class).stream()
                .map(Effect.Report::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    void forget() {
        seen.clear();
    }

    private void admit(String name) {
        rumor(name, new Rumor.Alive(record(name, 1)));
        Message.Ping ping = sentTo(name, Message.Ping.class).get(0);
        send(name, new Message.Ack(ping.probeId(), 0, 0));
    }

    private void settle() {
        while (!effects.isEmpty()) {
            Effect effect = effects.remove(0);
            seen.add(effect);
            if (effect instanceof Effect.SendToSelf echo && !inboxHeld) {
                protocol.onDatagram(nowNanos, address("self"), echo.packet());
            }
        }
    }
}
