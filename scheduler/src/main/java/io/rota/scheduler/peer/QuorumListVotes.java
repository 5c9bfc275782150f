package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.ListVotes;
import java.util.List;

/** The books of the listed arbiters, reached over the peer API, as the acceptors of the next list. Thread-safe. */
public final class QuorumListVotes implements ListVotes {
    private final KnownArbiters arbiters;

    public QuorumListVotes(KnownArbiters arbiters) {
        this.arbiters = arbiters;
    }

    @Override
    public List<Promise> prepare(ArbiterList under, Ballot ballot) {
        return new Round(under, arbiters)
                        .ask(
                                under.names(),
                                arbiter -> new PeerRequest.PrepareList(ballot),
                                answer -> answer instanceof PeerAnswer.Promised)
                        .values()
                        .stream()
                        .map(answer -> ((PeerAnswer.Promised) answer).promise())
                        .toList();
    }

    @Override
    public int accept(ArbiterList under, ListProposal proposal) {
        return new Round(under, arbiters)
                .ask(
                        under.names(),
                        arbiter -> new PeerRequest.AcceptList(proposal),
                        answer -> answer instanceof PeerAnswer.Done done && done.yes())
                .size();
    }
}
