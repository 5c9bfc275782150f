package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.arbitration.ListRegister;
import java.util.Optional;

/** The binary form of lists of arbiters and of what books say about them. */
final class ListFields {
    private ListFields() {}

    static void list(FieldWriter out, ArbiterList list) {
        out.putText(list.toText());
    }

    static ArbiterList list(FieldReader in) {
        return ArbiterList.parse(in.takeText());
    }

    static void ballot(FieldWriter out, Ballot ballot) {
        out.putLong(ballot.round()).putText(ballot.proposer());
    }

    static Ballot ballot(FieldReader in) {
        return new Ballot(in.takeLong(), in.takeText());
    }

    static void proposal(FieldWriter out, ListProposal proposal) {
        ballot(out, proposal.ballot());
        list(out, proposal.list());
    }

    static ListProposal proposal(FieldReader in) {
        return new ListProposal(ballot(in), list(in));
    }

    static void accepted(FieldWriter out, Optional<ListProposal> accepted) {
        out.putFlag(accepted.isPresent());
        accepted.ifPresent(proposal -> proposal(out, proposal));
    }

    static Optional<ListProposal> accepted(FieldReader in) {
        return in.takeFlag() ? Optional.of(proposal(in)) : Optional.empty();
    }

    static void register(FieldWriter out, ListRegister lists) {
        list(out, lists.list());
        ballot(out, lists.promised());
        accepted(out, lists.accepted());
    }

    static ListRegister register(FieldReader in) {
        return new ListRegister(list(in), ballot(in), accepted(in));
    }
}
