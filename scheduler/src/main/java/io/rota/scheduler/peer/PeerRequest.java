package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Ballot;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.arbitration.ListProposal;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.RunOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one node asks of another; every request may be repeated without harm. */
public sealed interface PeerRequest {

    /** The node in whose own name the request speaks: nobody else may send it. Empty where it speaks for none. */
    default Optional<String> speaker() {
        return Optional.empty();
    }

    /** True for what only an arbiter may ask of another, by the list of the one that is asked. */
    default boolean isAmongArbiters() {
        return false;
    }

    /** What only an arbiter answers, and only under the number of the list that it serves. */
    sealed interface ToArbiter extends PeerRequest {}

    /**
     * A request to an arbiter, made under the list of this number. Answered by {@link PeerAnswer.LaterList} if its book
     * serves another one, else as the request itself.
     */
    record Numbered(long epoch, ToArbiter request) implements PeerRequest {
        @Override
        public Optional<String> speaker() {
            return request.speaker();
        }

        @Override
        public boolean isAmongArbiters() {
            return request.isAmongArbiters();
        }
    }

    /** Stop these tasks if they run there, and say when they do not. Answered by {@link PeerAnswer.Yielded}. */
    record YieldTasks(String from, Set<String> tasks) implements PeerRequest {
        public YieldTasks {
            tasks = Set.copyOf(tasks);
        }

        @Override
        public Optional<String> speaker() {
            return Optional.of(from);
        }
    }

    /** To an arbiter: decide this claim. Answered by {@link PeerAnswer.Decided}. */
    record AskClaim(ClaimRequest claim) implements ToArbiter {
        @Override
        public Optional<String> speaker() {
            return Optional.of(claim.lease().node());
        }
    }

    /** To an arbiter: what does your book hold? Answered by {@link PeerAnswer.BookRead}. */
    record ReadBook(String task) implements ToArbiter {}

    /** To an arbiter: compare and set. Answered by {@link PeerAnswer.Done}. */
    record WriteBook(BookEntry expected, BookEntry next) implements ToArbiter {
        @Override
        public boolean isAmongArbiters() {
            return true;
        }
    }

    /** To an arbiter: this claim is given up. Answered by {@link PeerAnswer.Done}. */
    record ReleaseClaim(String task, String claimId) implements ToArbiter {}

    /** To an arbiter: this claim, which was granted, has ended. Answered by {@link PeerAnswer.Done}. */
    record EndClaim(Claim ended) implements ToArbiter {
        @Override
        public Optional<String> speaker() {
            return Optional.of(ended.lease().node());
        }
    }

    /** To an arbiter: I am here. Answered by {@link PeerAnswer.Renewed}. */
    record RenewLease(LeaseId lease) implements ToArbiter {
        @Override
        public Optional<String> speaker() {
            return Optional.of(lease.node());
        }
    }

    /** To an arbiter: revoke the lease if you have seen no renewal for long enough. Answered by {@link PeerAnswer.Done}. */
    record RevokeLease(LeaseId lease) implements ToArbiter {
        @Override
        public boolean isAmongArbiters() {
            return true;
        }
    }

    /** To everybody: a guard's word. Answered by {@link PeerAnswer.Done}. */
    record TellDeath(DeathWord word) implements PeerRequest {
        @Override
        public Optional<String> speaker() {
            return Optional.of(word.node());
        }
    }

    /** To an arbiter: promise this ballot for the next list. Answered by {@link PeerAnswer.Promised}. */
    record PrepareList(Ballot ballot) implements ToArbiter {}

    /** To an arbiter: accept this as the next list. Answered by {@link PeerAnswer.Done}. */
    record AcceptList(ListProposal proposal) implements ToArbiter {}

    /** To everybody: the list of arbiters that is known here. Answered by {@link PeerAnswer.LaterList}. */
    record ExchangeLists(String from, ArbiterList list) implements PeerRequest {
        @Override
        public Optional<String> speaker() {
            return Optional.of(from);
        }
    }

    /** To an arbiter: how far my book is; how far have you seen it? Answered by {@link PeerAnswer.BookSeen}. */
    record CompareBooks(String from, long tally) implements PeerRequest {
        @Override
        public Optional<String> speaker() {
            return Optional.of(from);
        }

        @Override
        public boolean isAmongArbiters() {
            return true;
        }
    }

    /**
     * To an arbiter: all that your book holds. Answered by {@link PeerAnswer.BookCopied}.
     *
     * @param life of the asker, unlike its others
     */
    record CopyBook(String asker, long life) implements PeerRequest {
        @Override
        public Optional<String> speaker() {
            return Optional.of(asker);
        }

        @Override
        public boolean isAmongArbiters() {
            return true;
        }
    }

    /**
     * What does your task file define, from this name on? Answered by {@link PeerAnswer.Outlines}.
     *
     * @param digest of the file that is asked for
     * @param after tasks up to this name are known already; empty at first
     */
    record AskOutlines(long digest, String after) implements PeerRequest {}

    /** What do you run, as far as it changed since this number? Answered by {@link PeerAnswer.Reported}. */
    record AskReport(long since) implements PeerRequest {}

    /** What became of cycles here. Answered by {@link PeerAnswer.Done}. */
    record TellCycles(List<CycleFact> cycles) implements PeerRequest {
        public TellCycles {
            cycles = List.copyOf(cycles);
        }
    }

    /** To the owner of a task: begin this run. Answered by {@link PeerAnswer.Commanded}. */
    record BeginRun(RunOrder order) implements PeerRequest {}

    /** To the node that it is about: drain, undrain, or say how you stand. Answered by {@link PeerAnswer.Commanded}. */
    record DrainNode(DrainOrder order) implements PeerRequest {}
}
