package io.rota.scheduler.engine;

import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.ClaimKind;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Purpose;

/**
 * The claim of one run: asked for under a new name at every try, held, released or ended by that name. Confined to the
 * engine's thread.
 */
final class Claiming {
    /** A claim that was refused is asked for again after this long, so a takeover waits no longer than this. */
    static final long RETRY_MILLIS = 200;

    private final String claimant;
    private final TaskDefinition task;
    private final Effect.Sink effects;

    private String claimId = "";
    private boolean asked;

    Claiming(String claimant, TaskDefinition task, Effect.Sink effects) {
        this.claimant = claimant;
        this.task = task;
        this.effects = effects;
    }

    /** The claim that is held or asked for; empty for none. */
    String claimId() {
        return claimId;
    }

    /** True while the arbiters may grant it at any moment. */
    boolean isAsked() {
        return asked;
    }

    /** For a run of the task itself. */
    void ask(Moment now, Run run) {
        var kind = task.isOnce() ? ClaimKind.ONCE : ClaimKind.EXCLUSIVE;
        boolean scheduled = !task.isService() && !run.origin().isOrder() && (task.isOnce() || hasOrder());
        ask(now, kind, run.id(), scheduled ? run.origin().bornMillis() : Purpose.NO_OCCURRENCE, "");
    }

    /** True if a later run is of a later occurrence: not so after others, whose cycles may end in any order, and at a delay. */
    private boolean hasOrder() {
        return !(task.schedule() instanceof Schedule.After) && !(task.schedule() instanceof Schedule.Delay);
    }

    /** @param about the claim in doubt; empty for none */
    void ask(Moment now, ClaimKind kind, String runId, long occurrenceMillis, String about) {
        // Named by the monotonic clock: no step of the wall clock gives two tries of this boot one name.
        claimId = claimant + "/" + (runId.isEmpty() ? task.name() : runId) + "/" + now.nanos();
        asked = true;
        var purpose =
                new Purpose(kind, task.name(), runId, task.fingerprint(), occurrenceMillis, about, now.wallMillis());
        effects.add(new Effect.AskClaim(claimId, purpose));
    }

    void answered() {
        asked = false;
    }

    /** Nobody was asked, or nothing was granted: there is nothing to release. */
    void forget() {
        claimId = "";
    }

    void release() {
        if (!claimId.isEmpty()) {
            effects.add(new Effect.ReleaseClaim(claimId, task.name()));
            claimId = "";
        }
    }

    /** Tells the arbiters how it ended; it keeps its name until a majority has heard it. */
    void end(Ending ending) {
        effects.add(new Effect.EndClaim(claimId, task.name(), ending));
    }
}
