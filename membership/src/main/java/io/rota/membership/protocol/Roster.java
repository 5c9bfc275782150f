package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The member table: every member that this node knows, this node included, and digests over it that cost nothing to keep. Confined to the
 * protocol thread. It stores and counts; what to believe is decided in {@link Beliefs}. The live and the dead stand in the probe order, which
 * depends on names only, so that no hash map's order reaches a decision.
 */
public final class Roster {

    /** Parts of the digest, so that a difference is found without sending the table. */
    public static final int BUCKETS = 32;
    /** Most members, the dead included. */
    static final int LIMIT = 20_000;

    private static final Comparator<Peer> ORDER =
            Comparator.<Peer>comparingLong(peer -> peer.order).thenComparing(Peer::name);

    private final Map<String, Peer> byName = new HashMap<>();
    private final List<Peer> live = new ArrayList<>();
    private final List<Peer> dead = new ArrayList<>();
    private final long[] buckets = new long[BUCKETS];
    private final VersionCount versions = new VersionCount();
    private long digest;
    private long changedNanos;

    @Nullable
    Peer find(String name) {
        return byName.get(name);
    }

    /** The peer of that name, if it is live and of that boot. */
    @Nullable
    Peer findLive(String name, long bootId) {
        Peer peer = byName.get(name);
        return peer != null && peer.isLive(bootId) ? peer : null;
    }

    /** Adds or replaces; null when the table is full of members that may not be forgotten. */
    @Nullable
    Peer put(MemberRecord record, long sinceNanos, long nowNanos) {
        Peer held = byName.get(record.name());
        if (held == null) {
            if (byName.size() >= LIMIT && !forgetOldest()) {
                return null;
            }
            held = new Peer(record, sinceNanos);
            byName.put(record.name(), held);
        } else {
            unlist(held);
            held.become(record, sinceNanos);
        }
        list(held);
        changedNanos = nowNanos;
        return held;
    }

    void remove(Peer peer) {
        unlist(peer);
        byName.remove(peer.name());
    }

    /** The live, this node included, in probe order. Do not change. */
    List<Peer> live() {
        return live;
    }

    /** The dead, not those who left. Do not change. */
    List<Peer> dead() {
        return dead;
    }

    /** Members known, the dead and those who left included. */
    int size() {
        return byName.size();
    }

    int liveCount() {
        return live.size();
    }

    /** Index in {@link #live()}. */
    int indexOf(Peer peer) {
        return Collections.binarySearch(live, peer, ORDER);
    }

    /** Up to {@code count} different live peers, chosen at random, without the excluded ones. */
    List<Peer> pick(int count, RandomGenerator random, List<Peer> excluded) {
        List<Peer> chosen = new ArrayList<>(count);
        int size = live.size();
        if (size <= 4 * count) {
            List<Peer> all = new ArrayList<>(live);
            all.removeAll(excluded);
            for (int i = 0; i < Math.min(count, all.size()); i++) {
                Collections.swap(all, i, i + random.nextInt(all.size() - i));
                chosen.add(all.get(i));
            }
            return chosen;
        }
        for (int tries = 0; tries < 3 * size && chosen.size() < count; tries++) {
            Peer candidate = live.get(random.nextInt(size));
            if (!excluded.contains(candidate) && !chosen.contains(candidate)) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    /** Equal digests mean equal tables. */
    long digest() {
        return digest;
    }

    List<Long> buckets() {
        List<Long> copy = new ArrayList<>(BUCKETS);
        for (long bucket : buckets) {
            copy.add(bucket);
        }
        return copy;
    }

    /** The wire versions of the live. */
    VersionCount versions() {
        return versions;
    }

    static int bucketOf(Peer peer) {
        return (int) (peer.order >>> 59);
    }

    long changedNanos() {
        return changedNanos;
    }

    /** All rows, sorted by name. */
    List<Peer> all() {
        List<Peer> all = new ArrayList<>(byName.values());
        all.sort(Comparator.comparing(Peer::name));
        return all;
    }

    /** All members, sorted by name. */
    List<Member> members() {
        return all().stream().map(Peer::member).toList();
    }

    private void list(Peer peer) {
        count(peer, peer.term());
        if (peer.isLive()) {
            versions.add(peer.record().wire(), 1);
        }
        List<Peer> target = listOf(peer);
        if (peer.state() != MemberState.LEFT) {
            int place = Collections.binarySearch(target, peer, ORDER);
            target.add(place < 0 ? -place - 1 : place, peer);
        }
    }

    private void unlist(Peer peer) {
        count(peer, -peer.term());
        if (peer.isLive()) {
            versions.add(peer.record().wire(), -1);
        }
        int place = Collections.binarySearch(listOf(peer), peer, ORDER);
        if (place >= 0) {
            listOf(peer).remove(place);
        }
    }

    private List<Peer> listOf(Peer peer) {
        return peer.isLive() ? live : dead;
    }

    private void count(Peer peer, long term) {
        digest += term;
        buckets[bucketOf(peer)] += term;
    }

    private boolean forgetOldest() {
        Peer oldest = null;
        for (Peer peer : all()) {
            if (!peer.isLive() && (oldest == null || peer.sinceNanos() < oldest.sinceNanos())) {
                oldest = peer;
            }
        }
        if (oldest != null) {
            remove(oldest);
        }
        return oldest != null;
    }
}
