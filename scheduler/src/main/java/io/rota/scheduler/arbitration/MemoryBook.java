package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The rules of a book, over state in memory. On its own it forgets everything with the process; what keeps it on disk
 * listens to its changes. Thread-safe.
 */
public final class MemoryBook implements Book {
    /** A lease may be revoked when no renewal was seen for this long; more than the lease and 10 % of clock-rate error. */
    public static final long REVOKE_AFTER_NANOS = 10_000_000_000L;

    private static final int MAX_DEATHS = 10_000;
    /** Most verdicts that are remembered; the oldest go first. */
    static final int MAX_VERDICTS = 1_000;

    private final Map<String, BookEntry> entries = new TreeMap<>();
    private final Map<LeaseId, Long> renewedAt = new HashMap<>();
    private final Set<LeaseId> revoked = new LinkedHashSet<>();
    private final Set<DeathWord> deaths = new LinkedHashSet<>();
    private final Map<String, Claim> verdicts = new LinkedHashMap<>();
    private final Map<String, Long> founded = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final String owner;
    private final BookChange.Listener listener;
    private State state = State.EMPTY;
    private ListRegister lists;
    private boolean whole;
    private long votingSinceNanos;

    /** A blank book that nobody keeps, of an arbiter without a name. */
    public MemoryBook() {
        this("", ArbiterList.configured(List.of("")), BookContent.BLANK, BookChange.Listener.NOBODY);
    }

    /**
     * A book with this content. If it has voted before, {@link #vote} makes it vote again without asking the others.
     *
     * @param owner the arbiter whose book it is
     * @param list what it serves while the content does not say it
     * @param listener hears every later change
     */
    public MemoryBook(String owner, ArbiterList list, BookContent content, BookChange.Listener listener) {
        this.owner = owner;
        this.listener = listener;
        this.whole = content.voted();
        this.lists = content.lists().orElseGet(() -> new ListRegister(list));
        founded.putAll(content.founded());
        seen.putAll(content.seen());
        content.entries().stream()
                .filter(entry -> !entry.claims().isEmpty())
                .forEach(entry -> entries.put(entry.claims().get(0).task(), entry));
        deaths.addAll(content.deaths());
        revoked.addAll(content.revoked());
        content.verdicts().forEach(claim -> verdicts.put(claim.claimId(), claim));
        if (whole && lists.list().epoch() == 0) {
            // It has voted when config files alone said who the arbiters are: from now on that is the first list.
            put(new ListRegister(ArbiterList.first(lists.list().names())));
        }
    }

    /** True if it holds all that it has ever accepted: then it may vote without asking the others. */
    public synchronized boolean isWhole() {
        return whole;
    }

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
    public synchronized boolean write(BookEntry expected, BookEntry next) {
        if (next.claims().isEmpty()) {
            return false;
        }
        var claim = next.claims().get(0);
        boolean accepted = state == State.VOTING
                && entries.getOrDefault(claim.task(), BookEntry.EMPTY).equals(expected)
                && claim.token() > expected.token()
                && !isEnded(claim.lease());
        if (accepted) {
            put(claim.task(), next);
        }
        return accepted;
    }

    @Override
    public synchronized boolean release(String task, String claimId) {
        var entry = entries.getOrDefault(task, BookEntry.EMPTY);
        putIfChanged(task, entry, entry.end(claimId, Ending.RELEASED));
        return true;
    }

    @Override
    public synchronized boolean end(Claim ended) {
        var entry = entries.getOrDefault(ended.task(), BookEntry.EMPTY);
        if (entry.holds(ended.claimId())) {
            putIfChanged(ended.task(), entry, entry.end(ended.claimId(), ended.ending()));
        } else if (entry.token() > ended.token()) {
            return true;
        } else if (state == State.VOTING) {
            put(ended.task(), entry.merge(new BookEntry(List.of(ended))));
        } else {
            // What it copies next may be older than this end: it is not counted on before it has copied.
            return false;
        }
        remember(ended);
        return true;
    }

    private void remember(Claim ended) {
        if (ended.ending().end().isVerdict() && verdicts.put(ended.claimId(), ended) == null) {
            listener.onChange(new BookChange.Verdict(ended));
        }
        if (verdicts.size() > MAX_VERDICTS) {
            verdicts.remove(verdicts.keySet().iterator().next());
        }
    }

    @Override
    public synchronized List<Claim> verdicts() {
        var latestFirst = new ArrayList<>(verdicts.values());
        latestFirst.sort(
                Comparator.comparingLong((Claim claim) -> claim.ending().atMillis())
                        .reversed());
        return latestFirst;
    }

    @Override
    public synchronized Renewal renew(LeaseId lease, long nowNanos) {
        if (state != State.VOTING || isEnded(lease)) {
            return new Renewal(false, Set.of());
        }
        renewedAt
                .keySet()
                .removeIf(old -> old.node().equals(lease.node()) && !old.equals(lease) && isOlder(old, lease));
        // A request may be held up between its look at the clock and here: it never takes a later one back.
        renewedAt.merge(lease, nowNanos, (known, now) -> now - known > 0 ? now : known);
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
            listener.onChange(new BookChange.Revoked(lease));
        }
        return revoked.contains(lease);
    }

    @Override
    public synchronized void certify(DeathWord word) {
        if (deaths.add(word)) {
            listener.onChange(new BookChange.Death(word));
        }
        if (deaths.size() > MAX_DEATHS) {
            deaths.remove(deaths.iterator().next());
        }
    }

    @Override
    public synchronized Copy copy(String asker, long life) {
        return new Copy(
                state == State.VOTING,
                entries.isEmpty(),
                new ArrayList<>(entries.values()),
                new ArrayList<>(deaths),
                new ArrayList<>(verdicts.values()),
                lists,
                isFounding(asker, life));
    }

    /**
     * One life of a new arbiter may begin with what the old list's books hold. A later life may have voted before it lost
     * its disk, and the books of the old list need not hold what it had accepted then.
     */
    private boolean isFounding(String asker, long life) {
        if (state != State.VOTING || !lists.list().isNew(asker)) {
            return false;
        }
        long epoch = lists.list().epoch();
        var known = founded.putIfAbsent(BookContent.foundingKey(asker, epoch), life);
        if (known == null) {
            listener.onChange(new BookChange.Founded(asker, epoch, life));
        }
        return known == null || known == life;
    }

    // ---- a book that is older than it was

    /** What keeps the book counts; in memory no copy can be put back. */
    @Override
    public long tally() {
        return 0;
    }

    @Override
    public synchronized long seen(String arbiter) {
        return seen.getOrDefault(arbiter, 0L);
    }

    @Override
    public synchronized void see(String arbiter, long tally) {
        if (tally > seen(arbiter)) {
            seen.put(arbiter, tally);
            listener.onChange(new BookChange.Seen(arbiter, tally));
        }
    }

    @Override
    public synchronized void distrust() {
        whole = false;
        state = State.REFILLING;
        listener.onChange(new BookChange.Voted(false));
    }

    // ---- the list of arbiters

    @Override
    public synchronized ListRegister lists() {
        return lists;
    }

    @Override
    public synchronized <T> Optional<T> serve(long epoch, Function<Book, T> request) {
        boolean serves = lists.list().epoch() == epoch && lists.list().contains(owner);
        return serves ? Optional.of(request.apply(this)) : Optional.empty();
    }

    @Override
    public synchronized Optional<ListVotes.Promise> prepare(Ballot ballot) {
        if (state != State.VOTING) {
            return Optional.empty();
        }
        put(lists.promise(ballot));
        return Optional.of(new ListVotes.Promise(lists.promised(), lists.accepted()));
    }

    @Override
    public synchronized boolean accept(ListProposal proposal) {
        if (state != State.VOTING) {
            return false;
        }
        put(lists.accept(proposal));
        return lists.accepted().filter(proposal::equals).isPresent();
    }

    @Override
    public synchronized void moveOn(ArbiterList next) {
        long served = lists.list().epoch();
        if (next.epoch() <= served) {
            return;
        }
        put(lists.moveOn(next));
        if (whole && next.contains(owner) && !next.mayMoveOn(owner, served)) {
            distrust();
        }
    }

    private void put(ListRegister next) {
        if (!next.equals(lists)) {
            lists = next;
            listener.onChange(new BookChange.Lists(next));
        }
    }

    // ---- beginning to vote

    @Override
    public synchronized void refill(List<Copy> copies, long seenByOthers) {
        state = State.REFILLING;
        listener.onChange(new BookChange.Raised(seenByOthers));
        for (var copy : copies) {
            copy.deaths().forEach(this::certify);
            copy.verdicts().forEach(this::remember);
            put(lists.merge(copy.lists()));
            for (var entry : copy.entries()) {
                if (entry.claims().isEmpty()) {
                    continue;
                }
                var task = entry.claims().get(0).task();
                put(task, entries.getOrDefault(task, BookEntry.EMPTY).merge(entry));
            }
        }
    }

    @Override
    public synchronized void vote(long nowNanos) {
        state = State.VOTING;
        whole = true;
        votingSinceNanos = nowNanos;
        listener.onChange(new BookChange.Voted(true));
    }

    private void putIfChanged(String task, BookEntry before, BookEntry after) {
        if (!before.equals(after)) {
            put(task, after);
        }
    }

    private void put(String task, BookEntry entry) {
        entries.put(task, entry);
        listener.onChange(new BookChange.Entry(task, entry));
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
