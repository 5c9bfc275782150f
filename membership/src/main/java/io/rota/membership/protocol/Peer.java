package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One row of the {@link Roster}: a member and what this node alone notes about it. Mutable, confined to the protocol thread. */
final class Peer {

    /** Its place in the probe order, the same on all nodes. */
    final long order;

    private MemberRecord record;
    private long term;
    private long sinceNanos;

    /** Set while the member is suspect. */
    @Nullable
    Suspicion suspicion;

    /** Set while the member is suspect. */
    Timers.@Nullable Timer verdict;

    Peer(MemberRecord record, long nowNanos) {
        this.order = Mix.of(record.name());
        this.record = record;
        this.sinceNanos = nowNanos;
        this.term = Mix.termOf(order, record.member());
    }

    /** Only the roster calls this, since its sums depend on it. */
    void become(MemberRecord changed, long sinceNanos) {
        this.record = changed;
        this.sinceNanos = sinceNanos;
        this.term = Mix.termOf(order, changed.member());
    }

    MemberRecord record() {
        return record;
    }

    Member member() {
        return record.member();
    }

    String name() {
        return record.member().name();
    }

    long bootId() {
        return record.member().bootId();
    }

    long incarnation() {
        return record.member().incarnation();
    }

    MemberState state() {
        return record.member().state();
    }

    InetSocketAddress address() {
        return record.member().address();
    }

    boolean isLive() {
        return state().isLive();
    }

    /** This very boot, and not dead. */
    boolean isLive(long bootId) {
        return isLive() && bootId() == bootId;
    }

    long term() {
        return term;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}
