package io.rota.scheduler.arbitration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one book holds for one task: the latest claim and, after a refill, every other one that is not over. Compared as
 * a whole when a claim is written.
 *
 * @param claims by token, highest first; empty if the task was never claimed
 */
public record BookEntry(List<Claim> claims) {
    /** Nothing was ever claimed. */
    public static final BookEntry EMPTY = new BookEntry(List.of());

    public BookEntry {
        var sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparingLong(Claim::token).reversed().thenComparing(Claim::claimId));
        claims = List.copyOf(sorted);
    }

    /** The highest token ever seen, 0 if none. */
    public long token() {
        return claims.isEmpty() ? 0 : claims.get(0).token();
    }

    BookEntry release(String claimId) {
        return new BookEntry(claims.stream()
                .map(claim -> claim.claimId().equals(claimId) ? claim.released() : claim)
                .toList());
    }

    /** Both together: the highest claim and every one that is not over on either side. */
    BookEntry merge(BookEntry other) {
        var merged = new ArrayList<Claim>();
        for (var claim : claims) {
            addUnlessOver(merged, claim, other);
        }
        for (var claim : other.claims) {
            if (merged.stream().noneMatch(known -> known.claimId().equals(claim.claimId()))) {
                addUnlessOver(merged, claim, this);
            }
        }
        long highest = Math.max(token(), other.token());
        merged.removeIf(claim -> claim.over() && claim.token() != highest);
        return new BookEntry(merged);
    }

    private static void addUnlessOver(List<Claim> merged, Claim claim, BookEntry other) {
        boolean overThere =
                other.claims.stream().anyMatch(there -> there.claimId().equals(claim.claimId()) && there.over());
        merged.add(overThere ? claim.released() : claim);
    }
}
