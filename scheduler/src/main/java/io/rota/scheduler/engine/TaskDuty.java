package io.rota.scheduler.engine;

import io.rota.scheduler.Rebalance;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/**
 * One task on this node. Before it runs the task, this node asks every other member that is not dead whether it runs
 * it, and whoever is asked stops it first: two nodes that can talk never run it at the same time, whatever their views
 * say. Having yielded voids all earlier permissions, so an old answer never starts anything. Confined to the engine's
 * thread.
 */
final class TaskDuty {
    /** Whoever has yielded asks for the task again only after this long, so that two views in conflict do not spin. */
    static final long YIELDED_PAUSE_MILLIS = 500;

    private final TaskRuns runs;
    private final TaskDefinition task;
    /** Shared by all duties of the node, so that no answer to a question of an earlier one ever fits a later one. */
    private final IntSupplier generations;

    private final Set<String> waitingFor = new TreeSet<>();
    private final Set<String> answered = new TreeSet<>();

    private boolean owned;
    private boolean asking;
    private boolean leaving;
    private boolean retired;
    private boolean stoppedToYield;
    private int yieldsAsked;
    private int generation;
    private long askFromNanos;
    /** Before this moment it does not start again what it has stopped for another, who is about to ask anew. */
    private long heldBackUntilNanos;

    TaskDuty(String claimant, TaskDefinition task, Effect.Sink effects, Admission admission, IntSupplier generations) {
        this.task = task;
        this.generations = generations;
        this.runs = task.schedule() instanceof Schedule.Timed timed
                ? new TimedRuns(claimant, task, timed, effects, admission)
                : new ServiceRuns(claimant, task, effects);
    }

    TaskDefinition task() {
        return task;
    }

    TaskRuns runs() {
        return runs;
    }

    boolean isOwned() {
        return owned;
    }

    Phase phase() {
        return asking && runs.phase() == Phase.ABSENT ? Phase.YIELDING : runs.phase();
    }

    /** Why it stands where it stands; empty when there is nothing to say. */
    String reason() {
        return phase() == Phase.YIELDING
                ? "waiting for " + String.join(", ", waitingFor) + " to say that it does not run there"
                : runs.reason();
    }

    /** What a reader may know. */
    Engine.Standing standing() {
        return new Engine.Standing(
                task, phase(), reason(), owned, runs.isFailing(), runs.dueWallMillis(), runs.run(), runs.doubt());
    }

    /** Another number whenever earlier permissions become void: an answer counts only for the one it was asked in. */
    int generation() {
        return generation;
    }

    /** True while other members have to be asked, now or later. */
    boolean isAsking() {
        return asking;
    }

    /** Members to be asked now; empty when it is not the time for it. */
    Set<String> membersToAsk(Moment now) {
        return asking && yieldsAsked == 0 && now.nanos() - askFromNanos >= 0 ? waitingFor : Set.of();
    }

    /** True once its definition is not in force any more. */
    boolean isRetired() {
        return retired;
    }

    /** True if nothing of it runs here, nothing is owed to another, and so another definition may take its place. */
    boolean isFree() {
        return isQuiet() && yieldsAsked == 0;
    }

    /**
     * Its definition is not in force any more: it starts nothing from now on, a service is stopped, and a finite run ends
     * by itself.
     */
    void retire(Moment now, StopCause cause) {
        retired = true;
        retarget(now, false, leaving, Set.of());
        if (task.isService()) {
            runs.stop(now, cause);
        }
    }

    /** True if nothing of it runs here and nothing will before this node has asked: another may have it. */
    boolean isQuiet() {
        return !phase().isBusy() && !stays();
    }

    /** True for a task that this node keeps, whatever the ring prefers, for as long as it is well. */
    private boolean stays() {
        return task.rebalance() == Rebalance.NEVER && owned && !asking && !leaving && !retired;
    }

    /** True while it is being stopped for another member. */
    boolean isStoppingToYield() {
        return stoppedToYield && phase() == Phase.STOPPING;
    }

    /** The ring or the view has changed. */
    void retarget(Moment now, boolean nowOwned, boolean nowLeaving, Set<String> others) {
        leaving = nowLeaving;
        boolean wanted = nowOwned && !retired;
        if (!wanted && stays()) {
            advance(now);
        } else if (!wanted) {
            owned = false;
            voidPermissions();
            runs.forbid(now);
        } else if (!owned) {
            owned = true;
            runs.own(now);
            ask(now, others, 0);
        } else if (asking) {
            waitingFor.clear();
            waitingFor.addAll(others);
            waitingFor.removeAll(answered);
        }
        advance(now);
    }

    /** Another member says that it does not run the task. */
    void granted(Moment now, String member, int askedGeneration) {
        if (asking && askedGeneration == generation) {
            answered.add(member);
            waitingFor.remove(member);
            advance(now);
        }
    }

    /** Another member wants to run it: start nothing meanwhile, and let a finite run end. */
    void yieldAsked(Moment now) {
        yieldsAsked++;
        if (!stays()) {
            runs.forbid(now);
        }
    }

    /** True for a service that has to be stopped before the member that wants it can have it. */
    boolean isToBeStopped() {
        boolean running = phase() == Phase.RUNNING || phase() == Phase.STARTING;
        boolean may = task.rebalance() == Rebalance.FORCE || (leaving && task.isService());
        return running && may && task.isService() && yieldsAsked > 0 && !stays();
    }

    /** Stops a service for the member that wants it. */
    void stopToYield(Moment now) {
        stoppedToYield = true;
        heldBackUntilNanos = now.nanos();
        runs.stop(now, StopCause.YIELD);
    }

    /**
     * The member that asked has been answered.
     *
     * @param away true if it was told that it may start the task now: all permissions of this node are void then
     */
    void yieldAnswered(Moment now, boolean away, Set<String> others) {
        yieldsAsked--;
        if (away) {
            stoppedToYield = false;
        } else if (stoppedToYield) {
            heldBackUntilNanos = now.nanosAfterMillis(YIELDED_PAUSE_MILLIS);
        }
        if (away && owned) {
            ask(now, others, YIELDED_PAUSE_MILLIS);
        }
        advance(now);
    }

    void stop(Moment now, StopCause cause) {
        if (cause == StopCause.CLOSING) {
            retarget(now, false, true, Set.of());
        }
        runs.stop(now, cause);
    }

    long wakeNanos(Moment now) {
        long ask = asking && askFromNanos - now.nanos() > 0 ? askFromNanos : Long.MAX_VALUE;
        long held = stoppedToYield && heldBackUntilNanos - now.nanos() > 0 ? heldBackUntilNanos : Long.MAX_VALUE;
        return Math.min(Math.min(ask, held), runs.wakeNanos(now));
    }

    /** Does what is due; returns at once if nothing is. */
    void tick(Moment now) {
        advance(now);
        runs.tick(now);
    }

    private void ask(Moment now, Set<String> others, long pauseMillis) {
        voidPermissions();
        asking = true;
        askFromNanos = now.nanosAfterMillis(pauseMillis);
        waitingFor.addAll(others);
    }

    private void voidPermissions() {
        generation = generations.getAsInt();
        asking = false;
        waitingFor.clear();
        answered.clear();
    }

    private void advance(Moment now) {
        if (asking && waitingFor.isEmpty() && now.nanos() - askFromNanos >= 0) {
            asking = false;
        }
        boolean heldBack = stoppedToYield && heldBackUntilNanos - now.nanos() > 0;
        if (owned && !asking && yieldsAsked == 0 && !heldBack) {
            stoppedToYield = false;
            runs.permit(now);
        }
    }
}
