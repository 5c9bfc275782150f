package io.rota.scheduler.arbitration;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One arbiter's book: the claims it has accepted, the leases it has seen renewed or has revoked, and the death words it
 * was told. Only a voting book takes part in decisions. Times are the arbiter's own monotonic clock. Implementations are
 * thread-safe.
 */
public interface Book {

    /** Whether it takes part in decisions. */
    enum State {
        /** Just started and not yet compared with the others. */
        EMPTY,
        /** The others hold claims: it copies them before it votes. */
        REFILLING,
        /** Takes part. */
        VOTING
    }

    /**
     * What a book answers to a reader.
     *
     * @param voting false if the answer must not be counted
     * @param entry the claims of the task
     * @param endedBoots those of their boots that are certified dead
     */
    record Reading(boolean voting, BookEntry entry, List<DeathWord> endedBoots) {
        public Reading {
            endedBoots = List.copyOf(endedBoots);
        }
    }

    /** Names a claim of a task. */
    record ClaimRef(String task, String claimId) {}

    /**
     * What a book answers to a node that renews its lease.
     *
     * @param renewed false if the lease is revoked or the book does not vote
     * @param open claims that the book holds as not over for this boot of the node
     */
    record Renewal(boolean renewed, Set<ClaimRef> open) {
        public Renewal {
            open = Set.copyOf(open);
        }
    }

    /**
     * Everything, for a book that refills.
     *
     * @param voting true if it takes part in decisions
     * @param blank true if nothing was ever written to it
     * @param verdicts what probes and persons have said about runs in doubt, as {@link #verdicts}
     * @param lists the list of arbiters that it serves
     * @param founding true if no other life of the asker was given a copy of a voting book under this list: an arbiter
     *     that has just been listed may begin with it
     */
    record Copy(
            boolean voting,
            boolean blank,
            List<BookEntry> entries,
            List<DeathWord> deaths,
            List<Claim> verdicts,
            ListRegister lists,
            boolean founding) {
        public Copy {
            verdicts = List.copyOf(verdicts);
            entries = List.copyOf(entries);
            deaths = List.copyOf(deaths);
        }
    }

    State state();

    Reading read(String task);

    /**
     * Compare and set: accepts the record only if it votes, holds exactly {@code expected}, and knows the lease of the
     * new claim, the first one of the record, as good.
     */
    boolean write(BookEntry expected, BookEntry next);

    /** Gives up the claim, by name; true if it is over here now or was never known. */
    boolean release(String task, String claimId);

    /**
     * A claim that was granted has ended, as its holder says; a book that has not seen it granted takes it over with its
     * end. True if the book will not forget it, or knows of a later claim.
     */
    boolean end(Claim ended);

    /** What probes and persons have said about runs in doubt: ended claims, the latest first, at most 1,000. */
    List<Claim> verdicts();

    Renewal renew(LeaseId lease, long nowNanos);

    /** True if the lease is revoked now: it votes and has seen no renewal for long enough. */
    boolean revoke(LeaseId lease, long nowNanos);

    void certify(DeathWord word);

    /**
     * All that it holds.
     *
     * @param asker who wants it
     * @param life unlike that of any other life of the asker
     */
    Copy copy(String asker, long life);

    // ---- a book that is older than it was

    /**
     * How many changes it has on disk. It only ever grows, so that others who have seen a higher one know that the book was
     * put back from an old copy.
     */
    long tally();

    /** The tally of this arbiter's book as it was last seen here; 0 if never. */
    long seen(String arbiter);

    /** An arbiter has told its tally. */
    void see(String arbiter, long tally);

    /** It was put back from an old copy: from now on it counts as emptied. */
    void distrust();

    // ---- the list of arbiters

    /** What it knows about the list of arbiters. */
    ListRegister lists();

    /**
     * Answers a request that was made under a list of this number, at one point in time: what it writes is in every copy
     * that is made under a later list.
     *
     * @return empty if the book serves another number, or is not listed under it
     */
    <T> Optional<T> serve(long epoch, Function<Book, T> request);

    /** Takes part in a change: promises to accept no lower ballot. Empty if it does not vote. */
    Optional<ListVotes.Promise> prepare(Ballot ballot);

    /** Takes part in a change: true if the proposal is accepted. */
    boolean accept(ListProposal proposal);

    /**
     * Learns of a list that was decided: it serves no earlier number from now on. A book that was not listed all the time
     * votes no more until it has refilled.
     */
    void moveOn(ArbiterList next);

    /**
     * Takes over what the others hold; it stays silent until {@link #vote}.
     *
     * @param seen the highest tally of this book that any of the others has seen; it goes on above it
     */
    void refill(List<Copy> copies, long seen);

    /** From now on it votes, and counts every lease as renewed now. */
    void vote(long nowNanos);
}
