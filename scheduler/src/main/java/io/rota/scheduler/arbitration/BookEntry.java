package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that one book holds for one task, as one record: it is compared and replaced as a whole. Whoever writes the next
 * record has read a majority and carries on what still counts. A record with a high token may be that of a try that failed
 * and has not seen all the others, so nothing but a fact (a holder's own word, a verdict) settles what another record says.
 *
 * @param claims the latest claim, every other one that is not over, and, as long as an occurrence is in doubt, its claims
 *     and what was said about it; by token, highest first
 * @param endedBeforeMillis last occurrence that had ended when the latest claim was written;
 *     {@link Purpose#NO_OCCURRENCE} if none
 */
public record BookEntry(List<Claim> claims, long endedBeforeMillis) {
    private static final Comparator<Claim> ORDER =
            Comparator.comparingLong(Claim::token).reversed().thenComparing(Claim::claimId);
    /** Nothing was ever claimed. */
    public static final BookEntry EMPTY = new BookEntry(List.of());

    public BookEntry {
        claims = claims.stream().sorted(ORDER).toList();
    }

    /** Claims and nothing from before them. */
    public BookEntry(List<Claim> claims) {
        this(claims, Purpose.NO_OCCURRENCE);
    }

    /** The highest token ever seen, 0 if none. */
    public long token() {
        return claims.isEmpty() ? 0 : claims.get(0).token();
    }

    // ---- what it says, once every claim in it is provably over

    /** Nominal instant of the last occurrence that has ended. */
    public long endedMillis() {
        return claims.stream()
                .filter(this::endsOccurrence)
                .mapToLong(claim -> claim.purpose().occurrenceMillis())
                .reduce(endedBeforeMillis, Math::max);
    }

    private boolean endsOccurrence(Claim claim) {
        var end = claim.ending().end();
        if (claim.purpose().kind().isRun()) {
            return end.endsOccurrence();
        }
        boolean startedSince = claims.stream()
                .anyMatch(
                        run -> run.purpose().kind().isRun() && isOfOneRun(run, claim) && run.token() >= claim.token());
        return (end == ClaimEnd.DONE || end == ClaimEnd.ABANDONED) && !startedSince;
    }

    private static boolean isOfOneRun(Claim one, Claim two) {
        return one.purpose().runId().equals(two.purpose().runId());
    }

    /** Runs of which nobody knows whether they took effect, those that are owed one more start last, earliest first. */
    public List<Doubt> unsettled() {
        long ended = endedMillis();
        return claims.stream()
                .filter(claim -> claim.leavesDoubt() && claim.purpose().occurrenceMillis() > ended)
                .map(this::doubt)
                .sorted(Comparator.comparing(Doubt::stage)
                        .thenComparingLong(doubt -> doubt.intent().purpose().occurrenceMillis())
                        .thenComparing(Doubt::intent, ORDER))
                .toList();
    }

    private Doubt doubt(Claim intent) {
        var finding = verdictOn(intent).map(Claim::ending).orElse(Ending.OPEN);
        var stage = Doubt.Stage.OPEN;
        if (finding.end() == ClaimEnd.NOT_DONE) {
            stage = Doubt.Stage.NOT_DONE;
        } else if (finding.end() == ClaimEnd.HELD) {
            stage = Doubt.Stage.HELD;
        }
        return new Doubt(intent, stage, finding);
    }

    /** The latest probe or decision after this claim that has said something about its run. */
    private Optional<Claim> verdictOn(Claim intent) {
        return claims.stream()
                .filter(claim -> !claim.purpose().kind().isRun() && isOfOneRun(claim, intent))
                .filter(claim -> claim.token() > intent.token())
                .filter(claim -> claim.ending().end() == ClaimEnd.HELD
                        || claim.ending().end().isVerdict())
                .findFirst();
    }

    /** What settled the last doubt: a verdict, or the late word of the holder itself; {@link Ending#OPEN} if nothing did. */
    Ending lastWord() {
        return claims.stream()
                .filter(claim -> claim.purpose().kind() != ClaimKind.EXCLUSIVE && endsOccurrence(claim))
                .map(Claim::ending)
                .findFirst()
                .orElse(Ending.OPEN);
    }

    // ---- how it changes

    /** The record after this claim, which is granted on top of it. */
    BookEntry next(Claim claim) {
        boolean run = claim.purpose().kind().isRun();
        var carried = new ArrayList<Claim>(List.of(claim));
        unsettled().stream()
                .map(Doubt::intent)
                .filter(intent -> !run || !isOfOneRun(intent, claim))
                .forEach(intent -> {
                    carried.add(intent);
                    verdictOn(intent)
                            .filter(verdict -> !carried.contains(verdict))
                            .ifPresent(carried::add);
                });
        long ended = endedMillis();
        long occurrence = claim.purpose().occurrenceMillis();
        boolean rewound = run && occurrence != Purpose.NO_OCCURRENCE && occurrence <= ended;
        return new BookEntry(carried, rewound ? occurrence - 1 : ended);
    }

    /** A claim in it has ended; unchanged if it holds no such claim or knows better. */
    BookEntry end(String claimId, Ending ending) {
        return new BookEntry(
                claims.stream()
                        .map(claim -> claim.claimId().equals(claimId) ? claim.ended(ending) : claim)
                        .toList(),
                endedBeforeMillis);
    }

    boolean holds(String claimId) {
        return claims.stream().anyMatch(claim -> claim.claimId().equals(claimId));
    }

    /** Both together: every claim with the best that is known of its end, without those that say nothing any more. */
    BookEntry merge(BookEntry other) {
        var byId = new TreeMap<String, Claim>();
        Stream.concat(claims.stream(), other.claims.stream())
                .forEach(claim -> byId.merge(claim.claimId(), claim, (one, two) -> one.ended(two.ending())));
        long highest = Math.max(token(), other.token());
        var merged = new ArrayList<>(byId.values());
        merged.removeIf(claim -> claim.over() && claim.token() != highest && saysNothing(claim));
        return new BookEntry(merged, Math.max(endedMillis(), other.endedMillis()));
    }

    private static boolean saysNothing(Claim claim) {
        return claim.purpose().kind() == ClaimKind.EXCLUSIVE || claim.ending().end() == ClaimEnd.RELEASED;
    }
}
