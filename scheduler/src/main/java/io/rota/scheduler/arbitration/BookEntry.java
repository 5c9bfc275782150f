package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that one book holds for one task, as one record: it is compared and replaced as a whole. Whoever writes the next
 * record has read a majority and carries on what still counts, so the record with the highest token knows all that the
 * others know, except ends that were heard later.
 *
 * @param claims the latest claim and, after a refill, every other one that is not over; by token, highest first
 * @param doubts claims of level once that nobody had settled when the latest claim was written
 * @param endedBeforeMillis last occurrence that had ended when the latest claim was written; {@link Purpose#NO_OCCURRENCE} if none
 */
public record BookEntry(List<Claim> claims, List<Claim> doubts, long endedBeforeMillis) {
    private static final Comparator<Claim> ORDER =
            Comparator.comparingLong(Claim::token).reversed().thenComparing(Claim::claimId);

    /** Nothing was ever claimed. */
    public static final BookEntry EMPTY = new BookEntry(List.of());

    public BookEntry {
        claims = claims.stream().sorted(ORDER).toList();
        doubts = doubts.stream().sorted(ORDER).toList();
    }

    /** Claims and nothing from before them. */
    public BookEntry(List<Claim> claims) {
        this(claims, List.of(), Purpose.NO_OCCURRENCE);
    }

    /** The highest token ever seen, 0 if none. */
    public long token() {
        return claims.isEmpty() ? 0 : claims.get(0).token();
    }

    // ---- what it says, once every claim in it is provably over

    /** Nominal instant of the last occurrence that has ended. */
    public long endedMillis() {
        long ended = endedBeforeMillis;
        for (var claim : claims) {
            ended = Math.max(ended, claim.ending().end().endsOccurrence() ? occurrence(claim) : ended);
        }
        for (var doubt : doubts) {
            var end = verdictOn(doubt).map(Ending::end).orElse(doubt.ending().end());
            boolean over = doubt.ending().end().endsOccurrence() || end == ClaimEnd.DONE || end == ClaimEnd.ABANDONED;
            ended = Math.max(ended, over ? occurrence(doubt) : ended);
        }
        return ended;
    }

    private static long occurrence(Claim claim) {
        return claim.purpose().kind().isRun() ? claim.purpose().occurrenceMillis() : Purpose.NO_OCCURRENCE;
    }

    /** Runs of which nobody knows whether they took effect, those that are owed one more start last. */
    public List<Doubt> unsettled() {
        long ended = endedMillis();
        return Stream.concat(
                        doubts.stream(),
                        claims.stream().filter(claim -> claim.token() == token() && claim.leavesDoubt()))
                .filter(claim -> !claim.ending().end().endsOccurrence())
                .filter(claim -> occurrence(claim) == Purpose.NO_OCCURRENCE || occurrence(claim) > ended)
                .map(this::doubt)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Doubt::stage).thenComparing(Doubt::intent, ORDER.reversed()))
                .toList();
    }

    private Optional<Doubt> doubt(Claim claim) {
        var verdict = verdictOn(claim);
        var end = verdict.map(Ending::end).orElse(ClaimEnd.OPEN);
        if (end == ClaimEnd.DONE || end == ClaimEnd.ABANDONED) {
            return Optional.empty();
        }
        var stage = Doubt.Stage.OPEN;
        if (end == ClaimEnd.NOT_DONE || claim.ending().end() == ClaimEnd.RELEASED) {
            // Its holder's late word that it has started nothing is as good as a verdict.
            stage = Doubt.Stage.NOT_DONE;
        } else if (end == ClaimEnd.HELD) {
            stage = Doubt.Stage.HELD;
        }
        return Optional.of(new Doubt(claim, stage, verdict.orElse(Ending.OPEN)));
    }

    /** What the latest probe or decision has said about the claim. */
    private Optional<Ending> verdictOn(Claim inDoubt) {
        return claims.stream()
                .filter(claim -> claim.purpose().about().equals(inDoubt.claimId()))
                .map(Claim::ending)
                .filter(ending -> ending.end() == ClaimEnd.HELD || ending.end().isVerdict())
                .findFirst();
    }

    /** What settled the last doubt: a verdict, or the late word of the holder itself; {@link Ending#OPEN} if nothing did. */
    Ending lastWord() {
        return Stream.concat(
                        doubts.stream()
                                .map(Claim::ending)
                                .filter(ending -> ending.end().endsOccurrence()),
                        doubts.stream().map(this::verdictOn).flatMap(Optional::stream))
                .findFirst()
                .orElse(Ending.OPEN);
    }

    // ---- how it changes

    /** The record after this claim, which is granted on top of it. */
    BookEntry next(Claim claim) {
        boolean again = claim.purpose().kind().isRun();
        var carried = again
                ? List.<Claim>of()
                : unsettled().stream().map(Doubt::intent).toList();
        long ended = endedMillis();
        boolean rewound = again && occurrence(claim) != Purpose.NO_OCCURRENCE && occurrence(claim) <= ended;
        return new BookEntry(List.of(claim), carried, rewound ? occurrence(claim) - 1 : ended);
    }

    /** A claim in it has ended; unchanged if it holds no such claim or knows better. */
    BookEntry end(String claimId, Ending ending) {
        return new BookEntry(ended(claims, claimId, ending), ended(doubts, claimId, ending), endedBeforeMillis);
    }

    private static List<Claim> ended(List<Claim> claims, String claimId, Ending ending) {
        return claims.stream()
                .map(claim -> claim.claimId().equals(claimId) ? claim.ended(ending) : claim)
                .toList();
    }

    boolean holds(String claimId) {
        return Stream.concat(claims.stream(), doubts.stream())
                .anyMatch(claim -> claim.claimId().equals(claimId));
    }

    /** This book was not among those that were written when the claim was granted, and hears of its end. */
    BookEntry adopt(Claim claim) {
        var all = new ArrayList<>(claims);
        all.removeIf(other -> other.over() && other.token() != claim.token());
        all.add(claim);
        // A run is granted only when nothing is in doubt any more; a probe leaves what is in doubt as it was.
        return new BookEntry(all, claim.purpose().kind().isRun() ? List.of() : doubts, endedMillis());
    }

    /** Both together: of the latest record everything, of an older one the claims that are not over and all later ends. */
    BookEntry merge(BookEntry other) {
        long highest = Math.max(token(), other.token());
        var ends = new TreeMap<String, Ending>();
        Stream.of(claims, doubts, other.claims, other.doubts)
                .flatMap(List::stream)
                .forEach(claim -> ends.merge(
                        claim.claimId(), claim.ending(), (one, two) -> two.end().beats(one.end()) ? two : one));
        var merged = union(claims, other.claims, ends);
        merged.removeIf(claim -> claim.over() && claim.token() != highest);
        var inDoubt = union(
                token() == highest ? doubts : List.of(), other.token() == highest ? other.doubts : List.of(), ends);
        long ended = Math.max(
                token() == highest ? endedBeforeMillis : Purpose.NO_OCCURRENCE,
                other.token() == highest ? other.endedBeforeMillis : Purpose.NO_OCCURRENCE);
        return new BookEntry(merged, inDoubt, ended);
    }

    private static List<Claim> union(List<Claim> one, List<Claim> two, Map<String, Ending> ends) {
        var byId = new TreeMap<String, Claim>();
        Stream.concat(one.stream(), two.stream())
                .forEach(claim ->
                        byId.put(claim.claimId(), claim.ended(ends.getOrDefault(claim.claimId(), Ending.OPEN))));
        return new ArrayList<>(byId.values());
    }
}
