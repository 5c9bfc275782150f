package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the engine wants done; the shell does it and reports back. */
public sealed interface Effect {

    /**
     * Ask a member whether it runs these tasks, to stop them if it does, and to answer when it does not. Answered by
     * {@link Engine#onYieldAnswered}, also when the call failed.
     */
    record AskYield(long ask, String member, Set<String> tasks) implements Effect {
        public AskYield {
            tasks = Set.copyOf(tasks);
        }
    }

    /**
     * Tell the member that asked with this ticket which tasks it may now start.
     *
     * @param handledMillis up to which occurrence each of them has been seen to, where that is known
     * @param cycles what is known of their cycles
     */
    record AnswerYield(long ticket, Set<String> granted, Map<String, Long> handledMillis, List<CycleFact> cycles)
            implements Effect {
        public AnswerYield {
            granted = Set.copyOf(granted);
            handledMillis = Map.copyOf(handledMillis);
            cycles = List.copyOf(cycles);
        }

        AnswerYield(long ticket, Set<String> granted) {
            this(ticket, granted, Map.of(), List.of());
        }
    }

    /** Tell a member what became of cycles. Answered by {@link Engine#onCyclesTold}, also when the call failed. */
    record TellCycles(long call, String member, List<CycleFact> cycles) implements Effect {
        public TellCycles {
            cycles = List.copyOf(cycles);
        }
    }

    /** Ask the arbiters for a claim; answered by {@link Engine#onClaimAnswered} with the same claim id. */
    record AskClaim(String claimId, Purpose purpose) implements Effect {}

    /**
     * Tell the arbiters how this claim, which was granted, has ended; repeated by the shell until a majority has heard it,
     * and answered then by {@link Engine#onClaimEnded}.
     */
    record EndClaim(String claimId, String task, Ending ending) implements Effect {}

    /** Tell the arbiters that this claim is given up; repeated by the shell until a majority has heard it. */
    record ReleaseClaim(String claimId, String task) implements Effect {}

    /** Have the guard start the process; answered by {@link Engine#onRunEvent}. */
    record StartRun(Run run, TaskDefinition task) implements Effect {}

    /** Have the guard send TERM, and KILL after the grace period; answered by {@link Engine#onRunEvent}. */
    record StopRun(String runId, Duration grace) implements Effect {}

    /** Keep this state of a run in the history. */
    record KeepRun(Run run) implements Effect {}

    /** Tell whoever ordered a run under this ticket what became of the order. */
    record AnswerOrder(long ticket, OrderAnswer answer) implements Effect {}

    /** In the order in which they are to be done. */
    interface Sink {
        void add(Effect effect);
    }
}
