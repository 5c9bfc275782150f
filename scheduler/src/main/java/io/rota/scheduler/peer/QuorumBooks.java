package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Books;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The books of one list of arbiters, reached over the peer API; a majority of the list decides. Books that have moved on to
 * a later list count as silent. Thread-safe.
 */
public final class QuorumBooks implements Books {
    private final List<String> arbiters;
    private final Round round;
    private final int majority;

    /** @param list under which everything is read and written */
    public QuorumBooks(ArbiterList list, KnownArbiters known) {
        this.arbiters = list.names();
        this.round = new Round(list, known);
        this.majority = list.majority();
    }

    @Override
    public Optional<Reading> read(String task) {
        var replies = round.ask(arbiters, arbiter -> new PeerRequest.ReadBook(task), QuorumBooks::isVotingRead);
        if (replies.size() < majority) {
            return Optional.empty();
        }
        var entries = new HashMap<String, BookEntry>();
        var ended = new HashSet<DeathWord>();
        replies.forEach((arbiter, answer) -> {
            var reading = ((PeerAnswer.BookRead) answer).reading();
            entries.put(arbiter, reading.entry());
            ended.addAll(reading.endedBoots());
        });
        return Optional.of(new Reading(entries, ended));
    }

    @Override
    public boolean write(Reading read, BookEntry next) {
        var targets = List.copyOf(read.entries().keySet());
        var accepted = round.ask(
                targets, arbiter -> new PeerRequest.WriteBook(entryOf(read, arbiter), next), QuorumBooks::isYes);
        return accepted.size() >= majority;
    }

    @Override
    public boolean release(String task, String claimId) {
        return round.ask(arbiters, arbiter -> new PeerRequest.ReleaseClaim(task, claimId), QuorumBooks::isYes)
                        .size()
                >= majority;
    }

    @Override
    public boolean revoke(LeaseId lease) {
        return round.ask(arbiters, arbiter -> new PeerRequest.RevokeLease(lease), QuorumBooks::isYes)
                        .size()
                >= majority;
    }

    private static BookEntry entryOf(Reading read, String arbiter) {
        var entry = read.entries().get(arbiter);
        if (entry == null) {
            throw new IllegalArgumentException("the book of " + arbiter + " was not read");
        }
        return entry;
    }

    private static boolean isVotingRead(PeerAnswer answer) {
        return answer instanceof PeerAnswer.BookRead read && read.reading().voting();
    }

    private static boolean isYes(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Done done && done.yes();
    }
}
