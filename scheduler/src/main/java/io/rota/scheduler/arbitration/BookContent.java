package io.rota.scheduler.arbitration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a book must not forget.
 *
 * @param voted true once it has begun to vote: it may go on voting after a restart without asking the others
 * @param entries claims by task
 * @param deaths death words it was told
 * @param revoked leases it has revoked
 * @param verdicts what probes and persons have said about runs in doubt
 * @param lists what it knows about the list of arbiters; empty if nobody has told it
 * @param seen up to where the books of other arbiters were seen, by arbiter
 * @param founded lives that were given a first copy, by {@link #foundingKey}
 */
public record BookContent(
        boolean voted,
        List<BookEntry> entries,
        List<DeathWord> deaths,
        List<LeaseId> revoked,
        List<Claim> verdicts,
        Optional<ListRegister> lists,
        Map<String, Long> seen,
        Map<String, Long> founded) {
    /** A book in which nothing was ever written. */
    public static final BookContent BLANK =
            new BookContent(false, List.of(), List.of(), List.of(), List.of(), Optional.empty(), Map.of(), Map.of());

    public BookContent {
        entries = List.copyOf(entries);
        verdicts = List.copyOf(verdicts);
        deaths = List.copyOf(deaths);
        revoked = List.copyOf(revoked);
        seen = Map.copyOf(seen);
        founded = Map.copyOf(founded);
    }

    /** Names an arbiter under a list. */
    public static String foundingKey(String arbiter, long epoch) {
        return epoch + "/" + arbiter;
    }
}
