package io.rota.scheduler.arbitration;

/** One change of a book that must be on disk before anybody is told of it. */
public sealed interface BookChange {

    /** What the book holds for a task from now on. */
    record Entry(String task, BookEntry entry) implements BookChange {}

    /** A probe or a person has said something about a run in doubt; kept after the task has gone on. */
    record Verdict(Claim claim) implements BookChange {}

    /** A boot is over. */
    record Death(DeathWord word) implements BookChange {}

    /** A lease is revoked. */
    record Revoked(LeaseId lease) implements BookChange {}

    /** Whether the book is whole, and so takes part in decisions. */
    record Voted(boolean whole) implements BookChange {}

    /** What it knows about the list of arbiters. */
    record Lists(ListRegister lists) implements BookChange {}

    /** A life of an arbiter that has just been listed was given a copy under the list of this number. */
    record Founded(String arbiter, long epoch, long life) implements BookChange {}

    /** Up to where another arbiter's book was seen; not counted in the tally of this one. */
    record Seen(String arbiter, long tally) implements BookChange {}

    /** The tally of this book is at least this from now on. */
    record Raised(long tally) implements BookChange {}

    /** Hears every change, in order, while the book is locked; must not block. */
    interface Listener {
        void onChange(BookChange change);

        /** For a book that is kept in memory only. */
        Listener NOBODY = change -> {};
    }
}
