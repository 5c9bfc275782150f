package io.rota.scheduler.arbitration;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The books of all arbiters as one: what is read from a majority and written to a majority of them is the truth.
 * Calls block, each no longer than a fixed limit, so they never run on the scheduler thread.
 */
public interface Books {

    /**
     * The answers of a majority.
     *
     * @param entries per arbiter name, exactly what its book answered; these books and no others may be written
     * @param endedBoots boots that at least one of them knows as dead
     */
    record Reading(Map<String, BookEntry> entries, Set<DeathWord> endedBoots) {
        public Reading {
            entries = Map.copyOf(entries);
            endedBoots = Set.copyOf(endedBoots);
        }

        /** The highest token in any of them. */
        public long token() {
            return entries.values().stream().mapToLong(BookEntry::token).max().orElse(0);
        }

        /** What all of them together say. */
        public BookEntry merged() {
            return new TreeMap<>(entries).values().stream().reduce(BookEntry.EMPTY, BookEntry::merge);
        }

        /** Every claim in any of them that is not over: each counts as real until it is proven over. */
        public List<Claim> open() {
            var open = new TreeMap<String, Claim>();
            var over = new TreeSet<String>();
            for (var entry : entries.values()) {
                for (var claim : entry.claims()) {
                    open.put(claim.claimId(), claim);
                    if (claim.over()) {
                        over.add(claim.claimId());
                    }
                }
            }
            open.keySet().removeAll(over);
            return open.values().stream()
                    .filter(claim -> endedBoots.stream().noneMatch(word -> word.ends(claim.lease())))
                    .sorted(Comparator.comparingLong(Claim::token).reversed())
                    .toList();
        }
    }

    /** Reads a task from a majority; empty if no majority of voting books answered in time. */
    Optional<Reading> read(String task);

    /** Writes the record by compare and set to the books that were read; true if a majority accepted. */
    boolean write(Reading read, BookEntry next);

    /** Gives up a claim at every book that answers; true if a majority has heard it. */
    boolean release(String task, String claimId);

    /** True if a majority has revoked the lease: it can never be renewed again. */
    boolean revoke(LeaseId lease);
}
