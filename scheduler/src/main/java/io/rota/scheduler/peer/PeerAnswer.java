package io.rota.scheduler.peer;

import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ListVotes;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.view.CommandOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a node answers to a {@link PeerRequest}. */
public sealed interface PeerAnswer {

    /**
     * These tasks do not run here, and will not before this node has asked for them anew.
     *
     * @param handledMillis up to which occurrence each of them has been seen to, epoch milliseconds, where that is known
     * @param cycles what is known of their cycles and of those of the tasks they need
     */
    record Yielded(Set<String> tasks, Map<String, Long> handledMillis, List<CycleFact> cycles) implements PeerAnswer {
        public Yielded {
            tasks = Set.copyOf(tasks);
            handledMillis = Map.copyOf(handledMillis);
            cycles = List.copyOf(cycles);
        }

        /** Nothing is yielded. */
        public static Yielded nothing() {
            return new Yielded(Set.of(), Map.of(), List.of());
        }
    }

    /** An arbiter's decision. */
    record Decided(ClaimDecision decision) implements PeerAnswer {}

    /** What a book holds for one task. */
    record BookRead(Book.Reading reading) implements PeerAnswer {}

    /** Whether a lease was renewed. */
    record Renewed(Book.Renewal renewal) implements PeerAnswer {}

    /** A whole book. */
    record BookCopied(Book.Copy copy) implements PeerAnswer {}

    /** The list of arbiters that is known there; nothing else has happened. */
    record LaterList(ArbiterList list) implements PeerAnswer {}

    /** How far the asker's book had been seen before it asked. */
    record BookSeen(long tally) implements PeerAnswer {}

    /** What a book has promised for the next list. */
    record Promised(ListVotes.Promise promise) implements PeerAnswer {}

    /** What a node runs. */
    record Reported(NodeReport report) implements PeerAnswer {}

    /**
     * Tasks of a file, in the order of their names.
     *
     * @param digest of the file that the node holds now: another one than was asked for means that it has changed
     */
    record Outlines(long digest, List<TaskOutline> outlines) implements PeerAnswer {
        public Outlines {
            outlines = List.copyOf(outlines);
        }
    }

    /** Yes or no. */
    record Done(boolean yes) implements PeerAnswer {}

    /** The request was understood but cannot be served here; nothing has happened. */
    record Refused(String reason) implements PeerAnswer {}

    /** What became of a command. */
    record Commanded(CommandOutcome outcome) implements PeerAnswer {}
}
