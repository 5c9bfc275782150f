package io.rota.membership.protocol;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipView;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * SWIM with Lifeguard as a pure state machine: inputs are an instant with a packet, a timer or a command; outputs are {@link Effect}s. Confined to one
 * thread. It promises that equal inputs give equal effects, for it holds no clock, socket, thread, logger or chance of its own. The shell promises in turn
 * to call {@link #onTimer} when {@link #nextTimerNanos} is reached, and at once when its clock fell, and to hand in all that waits in the inbox
 * before a timer.
 */
public final class Protocol {

    private final Parts parts;
    private final AwakeClock clock;
    private final Reception reception;

    public Protocol(Start start, RandomGenerator random, Consumer<Effect> sink, long nowNanos) {
        this.parts = new Parts(start, random, sink, nowNanos);
        this.clock = parts.clock;
        this.reception = new Reception(parts);
        parts.self.begin();
        parts.prober.begin();
        parts.healer.begin();
        parts.joiner.begin();
    }

    /** A datagram came and was opened. */
    public void onDatagram(long nowNanos, InetSocketAddress from, Packet packet) {
        enter(nowNanos);
        reception.onDatagram(from, packet);
    }

    /** A request came by stream; it is answered by one {@link Effect.Answer}. */
    public void onStream(long nowNanos, long streamId, InetSocketAddress from, Packet packet) {
        enter(nowNanos);
        reception.onStream(streamId, from, packet);
    }

    /** A reply to one of our dials came. */
    public void onReply(long nowNanos, long dialId, Packet packet) {
        enter(nowNanos);
        reception.onReply(dialId, packet);
    }

    /** A dial is over; called once per dial, last. */
    public void onDialEnd(long nowNanos, long dialId, DialOutcome outcome) {
        enter(nowNanos);
        parts.dials.onEnd(dialId, outcome);
    }

    /** Fires what is due. */
    public void onTimer(long nowNanos) {
        enter(nowNanos);
        parts.timers.fireDue();
    }

    /** The shell is done with this effect and nobody else holds it: it may be used again. Not needed for anything but thrift. */
    public void giveBack(Effect done) {
        parts.spares.giveBack(done);
    }

    /** When {@link #onTimer} wants to be called; {@link Long#MAX_VALUE} for never. */
    public long nextTimerNanos() {
        return clock.real(parts.timers.nextNanos());
    }

    /** Command: this node now says that about itself. */
    public void describe(long nowNanos, MemberMetadata metadata) {
        enter(nowNanos);
        parts.self.describe(metadata);
    }

    /** Command: an outside proof that this boot is dead. Ignored for any other boot. */
    public void proveDead(long nowNanos, String name, long bootId) {
        enter(nowNanos);
        Peer peer = parts.roster.findLive(name, bootId);
        if (peer != null && peer != parts.self.peer()) {
            parts.beliefs.declareDead(peer, parts.self.name(), true, "proven from outside");
        }
    }

    /** Command: say goodbye; {@link Event.Left} tells when it was heard. */
    public void leave(long nowNanos) {
        enter(nowNanos);
        parts.departure.leave();
    }

    /** Command: this node now holds these keys, told by their short ids, the one that it seals with first. */
    public void holdKeys(long nowNanos, List<Integer> ids) {
        enter(nowNanos);
        parts.self.hold(ids);
    }

    /** The other live members that are not known to hold that key, in the order of their names. */
    public List<String> lackingKey(int id) {
        return othersWhere(keys -> !keys.contains(id));
    }

    /** The other live members that are not known to seal with another key than that. */
    public List<String> sealingWithKey(int id) {
        return othersWhere(keys -> keys.isEmpty() || keys.get(0) == id);
    }

    private List<String> othersWhere(Predicate<List<Integer>> told) {
        return parts.roster.live().stream()
                .filter(peer ->
                        peer != parts.self.peer() && told.test(peer.record().keys()))
                .map(Peer::name)
                .sorted()
                .toList();
    }

    /** Command: an operator ends this node's damping. */
    public void clearQuiet(long nowNanos) {
        enter(nowNanos);
        parts.damping.clear();
    }

    /** What this node believes at this moment, not coalesced; for tests and for diagnosis. */
    public MembershipView snapshot() {
        return new MembershipView(0, parts.roster.digest(), parts.roster.members());
    }

    private void enter(long nowNanos) {
        long stalled = clock.observe(nowNanos, parts.timers.nextNanos());
        parts.timers.advanceTo(clock.awake(nowNanos));
        if (stalled >= AwakeClock.LONG_STALL_NANOS) {
            parts.prober.onLongStall();
            parts.damping.onLongStall();
            parts.report(new Event.Stalled(stalled));
            if (stalled >= parts.settings.probing().interval().toNanos()) {
                parts.suspicions.restartAll();
            }
        }
    }
}
