package io.rota.scheduler.engine;

import io.rota.scheduler.TaskDefinition;

/**
 * The claim of one run: asked for under a new name at every try, held, released by that name. Confined to the engine's
 * thread.
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

    void ask(Moment now, String runId) {
        // Named by the monotonic clock: no step of the wall clock gives two tries of this boot one name.
        claimId = claimant + "/" + runId + "/" + now.nanos();
        asked = true;
        effects.add(new Effect.AskClaim(claimId, task, runId));
    }

    void answered() {
        asked = false;
    }

    /** Nobody was asked: there is nothing to release. */
    void forget() {
        claimId = "";
    }

    void release() {
        if (!claimId.isEmpty()) {
            effects.add(new Effect.ReleaseClaim(claimId, task.name()));
            claimId = "";
        }
    }
}
