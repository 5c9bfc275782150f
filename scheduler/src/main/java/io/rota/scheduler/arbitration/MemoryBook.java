package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A book in memory: it survives the loss of a minority of arbiters, since a restarted one refills from the others, and
 * forgets everything when a majority restarts together. Thread-safe.
 */
public final class MemoryBook implements Book {
    /** A lease may be revoked when no renewal was seen for this long; more than the lease and 10 % of clock-rate error. */
    public static final long REVOKE_AFTER_NANOS = 10_000_000_000L;

    private static final int MAX_DEATHS = 10_000;

    private final Map<String, BookEntry> entries = new TreeMap<>();
    private final Map<LeaseId, Long> renewedAt = new HashMap<>();
    private final Set<LeaseId> revoked = new LinkedHashSet<>();
    private final Set<DeathWord> deaths = new LinkedHashSet<>();
    private State state = State.EMPTY;
    private long votingSinceNanos;

    @Override
    public synchronized State state() {
        return state;
    }

    @Override
    public synchronized Reading read(String task) {
        var entry = entries.getOrDefault(task, BookEntry.EMPTY);
        var ended = entry.claims().stream()
                .map(claim -> DeathWord.of(claim.lease()))
                .distinct()
                .filter(deaths::contains)
                .toList();
        return new Reading(state == State.VOTING, entry, ended);
    }

    @Override
    public synchronized boolean write(BookEntry expected, Claim claim) {
        boolean accepted = state == State.VOTING
                && entries.getOrDefault(claim.task(), BookEntry.EMPTY).equals(expected)
                && claim.token() > expected.token()
                && !isEnded(claim.lease());
        if (accepted) {
            entries.put(claim.task(), new BookEntry(List.of(claim)));
        }
        return accepted;
    }

    @Override
    public synchronized boolean release(String task, String claimId) {
        entries.computeIfPresent(task, (name, entry) -> entry.release(claimId));
        return true;
    }

    @Override
    public synchronized Renewal renew(LeaseId lease, long nowNanos) {
        if (state != State.VOTING || isEnded(lease)) {
            return new Renewal(false, Set.of());
        }
        renewedAt
                .keySet()
                .removeIf(old -> old.node().equals(lease.node()) && !old.equals(lease) && isOlder(old, lease));
        renewedAt.put(lease, nowNanos);
        return new Renewal(true, openClaimsOf(lease));
    }

    @Override
    public synchronized boolean revoke(LeaseId lease, long nowNanos) {
        if (state != State.VOTING) {
            return false;
        }
        long lastNanos = renewedAt.getOrDefault(lease, votingSinceNanos);
        if (!revoked.contains(lease) && nowNanos - lastNanos > REVOKE_AFTER_NANOS) {
            revoked.add(lease);
        }
        return revoked.contains(lease);
    }

    @Override
    public synchronized void certify(DeathWord word) {
        deaths.add(word);
        if (deaths.size() > MAX_DEATHS) {
            deaths.remove(deaths.iterator().next());
        }
    }

    @Override
    public synchronized Copy copy() {
        return new Copy(
                state == State.VOTING, entries.isEmpty(), new ArrayList<>(entries.values()), new ArrayList<>(deaths));
    }

    @Override
    public synchronized void refill(List<Copy> copies) {
        state = State.REFILLING;
        for (var copy : copies) {
            deaths.addAll(copy.deaths());
            for (var entry : copy.entries()) {
                entries.merge(entry.claims().get(0).task(), entry, BookEntry::merge);
            }
        }
    }

    @Override
    public synchronized void vote(long nowNanos) {
        state = State.VOTING;
        votingSinceNanos = nowNanos;
    }

    private boolean isEnded(LeaseId lease) {
        return revoked.contains(lease) || deaths.contains(DeathWord.of(lease));
    }

    private static boolean isOlder(LeaseId old, LeaseId lease) {
        return old.bootId() == lease.bootId() && old.epoch() < lease.epoch();
    }

    private Set<ClaimRef> openClaimsOf(LeaseId lease) {
        var open = new HashSet<ClaimRef>();
        entries.values().stream()
                .flatMap(entry -> entry.claims().stream())
                .filter(claim -> !claim.over() && DeathWord.of(lease).ends(claim.lease()))
                .forEach(claim -> open.add(new ClaimRef(claim.task(), claim.claimId())));
        return open;
    }
}
