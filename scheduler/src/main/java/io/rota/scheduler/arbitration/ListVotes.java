package io.rota.scheduler.arbitration;

import java.util.List;
import java.util.Optional;

/** The books of a list of arbiters as the acceptors of the next list. Calls block, each no longer than a fixed limit. */
public interface ListVotes {

    /**
     * A promise, and what was accepted before it.
     *
     * @param promised the ballot that was asked for, or the higher one of somebody else
     */
    record Promise(Ballot promised, Optional<ListProposal> accepted) {}

    /** Asks the books of this list for a promise; the answers of those that serve it. */
    List<Promise> prepare(ArbiterList under, Ballot ballot);

    /** Asks the books of this list to accept; how many of those that serve it have. */
    int accept(ArbiterList under, ListProposal proposal);
}
