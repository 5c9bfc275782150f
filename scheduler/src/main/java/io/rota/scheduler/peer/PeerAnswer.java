package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.view.CommandOutcome;
import java.util.Map;
import java.util.Set;

/** What a node answers to a {@link PeerRequest}. */
public sealed interface PeerAnswer {

    /**
     * These tasks do not run here, and will not before this node has asked for them anew.
     *
     * @param handledMillis up to which occurrence each of them has been seen to, epoch milliseconds, where that is known
     */
    record Yielded(Set<String> tasks, Map<String, Long> handledMillis) implements PeerAnswer {
        public Yielded {
            tasks = Set.copyOf(tasks);
            handledMillis = Map.copyOf(handledMillis);
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

    /** What a node runs. */
    record Reported(NodeReport report) implements PeerAnswer {}

    /** Yes or no. */
    record Done(boolean yes) implements PeerAnswer {}

    /** The request was understood but cannot be served here; nothing has happened. */
    record Refused(String reason) implements PeerAnswer {}

    /** What became of a command. */
    record Commanded(CommandOutcome outcome) implements PeerAnswer {}
}
