package io.rota.scheduler.arbitration;

import java.util.Comparator;
import java.util.Optional;

/**
 * Changes the list of arbiters: a proposer of single-decree Paxos over the books of the present list. Whatever is begun at
 * once by several, or left half done by one that died, ends in one next list, the same for all. Thread-safe.
 */
public final class ListChange {
    private static final int TRIES = 4;

    private final String proposer;
    private final ListVotes votes;

    /** @param proposer unlike any other node's or boot's */
    public ListChange(String proposer, ListVotes votes) {
        this.proposer = proposer;
        this.votes = votes;
    }

    /**
     * Has the list that follows this one decided.
     *
     * @return the next list: the one that is wanted, or one that somebody else may have got a majority for before; empty if
     *     no majority of the present list answered
     */
    public Optional<ArbiterList> decide(ArbiterList present, ArbiterList wanted) {
        long round = 0;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var ballot = new Ballot(++round, proposer);
            var promises = votes.prepare(present, ballot);
            for (var promise : promises) {
                round = Math.max(round, promise.promised().round());
            }
            long promised = promises.stream()
                    .filter(promise -> promise.promised().equals(ballot))
                    .count();
            if (promised < present.majority()) {
                continue;
            }
            // A proposal that any of them has accepted may be decided already: it goes first, whoever's it was.
            var begun = promises.stream()
                    .flatMap(promise -> promise.accepted().stream())
                    .max(Comparator.comparing(ListProposal::ballot))
                    .map(ListProposal::list)
                    .orElse(wanted);
            if (votes.accept(present, new ListProposal(ballot, begun)) >= present.majority()) {
                return Optional.of(begun);
            }
        }
        return Optional.empty();
    }
}
