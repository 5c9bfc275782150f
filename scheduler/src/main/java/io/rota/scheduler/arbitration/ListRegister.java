package io.rota.scheduler.arbitration;

import java.util.Optional;

/**
 * What a book knows about the list of arbiters: the list that it serves, and what it has promised and accepted for the
 * next one. That is an acceptor of single-decree Paxos (Lamport, Paxos made simple, 2.2), one decree for each number.
 * Immutable.
 *
 * @param list what it serves; of number 0 while nobody has told it
 * @param promised no proposal with a lower ballot is accepted
 * @param accepted the proposal with the highest ballot that was accepted
 */
public record ListRegister(ArbiterList list, Ballot promised, Optional<ListProposal> accepted) {

    public ListRegister(ArbiterList list) {
        this(list, Ballot.NONE, Optional.empty());
    }

    /** After a promise; the same if it was promised to somebody higher. */
    ListRegister promise(Ballot ballot) {
        return ballot.compareTo(promised) > 0 ? new ListRegister(list, ballot, accepted) : this;
    }

    /** After a proposal was accepted; the same if it may not be. */
    ListRegister accept(ListProposal proposal) {
        boolean fits = proposal.list().epoch() == list.epoch() + 1
                && proposal.list().before().equals(list.names())
                && proposal.ballot().compareTo(promised) >= 0;
        return fits ? new ListRegister(list, proposal.ballot(), Optional.of(proposal)) : this;
    }

    /** Under a later list. */
    ListRegister moveOn(ArbiterList next) {
        return next.epoch() > list.epoch() ? new ListRegister(next) : this;
    }

    /** What both together have promised and accepted, for a book that refills. */
    ListRegister merge(ListRegister other) {
        if (other.list.epoch() != list.epoch()) {
            return other.list.epoch() > list.epoch() ? other : this;
        }
        var best = other.isAcceptedAbove(this) ? other.accepted : accepted;
        return new ListRegister(list, other.promised.compareTo(promised) > 0 ? other.promised : promised, best);
    }

    private boolean isAcceptedAbove(ListRegister other) {
        return accepted.isPresent()
                && (other.accepted.isEmpty()
                        || accepted.get()
                                        .ballot()
                                        .compareTo(other.accepted.get().ballot())
                                > 0);
    }
}
