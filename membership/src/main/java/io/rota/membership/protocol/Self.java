package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Participation;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * This node's own record. Confined to the protocol thread. Only this class raises the own incarnation: by one above the highest seen, never
 * from a clock, so that no clock that was wrong once can leave an incarnation that nobody can beat.
 */
final class Self {

    private final Parts parts;
    private final String name;
    private final long bootId;
    private final InetSocketAddress address;
    private final long startedNanos;
    private final WireVersions wire;
    private List<Integer> keys;
    private MemberMetadata metadata;
    private long incarnation = 1;
    private MemberState state = MemberState.ALIVE;
    private int returns;
    private boolean quiet;
    private boolean yielded;

    Self(Parts parts, Start start) {
        this.parts = parts;
        this.name = start.name();
        this.bootId = start.bootId();
        this.address = start.address();
        this.startedNanos = parts.clock.steady(parts.now());
        this.wire = start.wire();
        this.keys = start.keys();
        this.metadata = start.metadata();
    }

    String name() {
        return name;
    }

    long bootId() {
        return bootId;
    }

    InetSocketAddress address() {
        return address;
    }

    long incarnation() {
        return incarnation;
    }

    int returns() {
        return returns;
    }

    /** Stalls included. */
    long uptimeNanos() {
        return parts.clock.steady(parts.now()) - startedNanos;
    }

    /** Saying goodbye, or gone. */
    boolean isLeaving() {
        return state == MemberState.LEFT;
    }

    /** Out, since an older process bears this name. */
    boolean hasYielded() {
        return yielded;
    }

    /** Takes part: neither leaving nor out. */
    boolean isPresent() {
        return !isLeaving() && !yielded;
    }

    Peer peer() {
        Peer peer = parts.roster.find(name);
        if (peer == null) {
            throw new IllegalStateException("this node is missing in its own table");
        }
        return peer;
    }

    MemberRecord record() {
        MemberMetadata shown = metadata;
        if (quiet && metadata.participation() == Participation.ACTIVE) {
            shown = metadata.with(Participation.JOINING);
        }
        Member member = new Member(name, bootId, incarnation, state, address, shown);
        return new MemberRecord(member, returns, wire, keys);
    }

    Rumor rumor() {
        return isLeaving() ? new Rumor.Left(name, bootId, incarnation) : new Rumor.Alive(record());
    }

    /** Enters the own row at the start, without telling anybody: there is nobody yet. */
    void begin() {
        parts.roster.put(record(), parts.now(), parts.now());
        parts.publisher.begin();
    }

    /** Speaks anew, above what was seen. */
    void renew(long seenIncarnation) {
        incarnation = Math.max(incarnation, seenIncarnation) + 1;
        parts.roster.put(record(), parts.now(), parts.now());
        parts.gossip.spread(rumor());
        parts.publisher.changed();
    }

    void describe(MemberMetadata changed) {
        if (!changed.equals(metadata)) {
            metadata = changed;
            if (isPresent()) {
                renew(incarnation);
            }
        }
    }

    /** Tells which keys this node now holds. */
    void hold(List<Integer> changed) {
        if (!changed.equals(keys)) {
            keys = List.copyOf(changed);
            if (isPresent()) {
                renew(incarnation);
            }
        }
    }

    WireVersions wire() {
        return wire;
    }

    /** Takes effect with the next {@link #renew}. */
    void setQuiet(boolean quiet, int returns) {
        this.quiet = quiet;
        this.returns = returns;
    }

    void leave() {
        state = MemberState.LEFT;
        renew(incarnation);
    }

    /** Out: knows only itself from now on, and takes no work. */
    void giveWay() {
        yielded = true;
        quiet = true;
        for (Peer peer : parts.roster.all()) {
            if (!peer.name().equals(name)) {
                parts.suspicions.clear(peer);
                parts.roster.remove(peer);
            }
        }
        incarnation++;
        parts.roster.put(record(), parts.now(), parts.now());
        parts.rumors.clear();
        parts.publisher.changedUrgently();
    }
}
