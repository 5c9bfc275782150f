package io.rota.scheduler.engine;

import io.rota.scheduler.RunState;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of a task on this node, as a value; every change makes a new one and is checked against the table in
 * {@link RunState}.
 *
 * @param id {@code task@cycle}, unique on its node
 * @param task task name
 * @param state where it stands
 * @param reason why it was skipped, stopped or failed; empty otherwise
 * @param dueWallMillis when it was due
 * @param startedWallMillis when its process came up, 0 before
 * @param endedWallMillis when it ended, 0 before
 * @param token fencing token, 0 at level ring
 * @param pid process id, 0 before the start
 * @param exitCode exit code, {@link Integer#MIN_VALUE} while it has none
 * @param attempt which try of the occurrence this is, from 1
 * @param origin the instant or the order that it goes back to
 */
public record Run(
        String id,
        String task,
        RunState state,
        String reason,
        long dueWallMillis,
        long startedWallMillis,
        long endedWallMillis,
        long token,
        long pid,
        int exitCode,
        int attempt,
        RunOrigin origin) {

    private static final int NO_EXIT_CODE = Integer.MIN_VALUE;

    static Run due(String task, RunOrigin origin, long dueWallMillis) {
        return new Run(idOf(task, origin), task, RunState.DUE, "", dueWallMillis, 0, 0, 0, 0, NO_EXIT_CODE, 1, origin);
    }

    /** A run that no schedule and no order of the cluster has asked for: its author tries the task by hand. */
    public static Run byHand(String task, long nowWallMillis, SortedMap<String, String> params) {
        var instant = RunOrigin.instant(nowWallMillis);
        return due(task, new RunOrigin(instant.cycle(), nowWallMillis, params), nowWallMillis);
    }

    /** A run of which no more is known than this. */
    static Run due(CycleFact fact) {
        return due(fact.task(), new RunOrigin(fact.cycle(), fact.bornMillis(), new TreeMap<>()), fact.bornMillis());
    }

    static String idOf(String task, RunOrigin origin) {
        return task + "@" + origin.cycle();
    }

    /** The exit code, once the process has ended by itself. */
    public OptionalInt exit() {
        return exitCode == NO_EXIT_CODE ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** The fencing token; empty at level ring. */
    public OptionalLong fencingToken() {
        return token == 0 ? OptionalLong.empty() : OptionalLong.of(token);
    }

    Run become(RunState next, String why) {
        check(next);
        return new Run(
                id,
                task,
                next,
                why,
                dueWallMillis,
                startedWallMillis,
                endedWallMillis,
                token,
                pid,
                exitCode,
                attempt,
                origin);
    }

    /** The same state for another reason. */
    Run because(String why) {
        return new Run(
                id,
                task,
                state,
                why,
                dueWallMillis,
                startedWallMillis,
                endedWallMillis,
                token,
                pid,
                exitCode,
                attempt,
                origin);
    }

    /** The guard is asked to start the process: what an earlier try left behind is wiped. */
    Run starting() {
        check(RunState.STARTING);
        return new Run(id, task, RunState.STARTING, "", dueWallMillis, 0, 0, token, 0, NO_EXIT_CODE, attempt, origin);
    }

    /** @param next {@link RunState#CLAIMED} or {@link RunState#INTENT} */
    Run claimed(RunState next, long grantedToken) {
        check(next);
        return new Run(id, task, next, "", dueWallMillis, 0, 0, grantedToken, 0, NO_EXIT_CODE, attempt, origin);
    }

    Run running(long processId, long wallMillis) {
        check(RunState.RUNNING);
        return new Run(
                id,
                task,
                RunState.RUNNING,
                "",
                dueWallMillis,
                wallMillis,
                0,
                token,
                processId,
                NO_EXIT_CODE,
                attempt,
                origin);
    }

    Run ended(RunState terminal, String why, int code, long wallMillis) {
        check(terminal);
        return new Run(
                id,
                task,
                terminal,
                why,
                dueWallMillis,
                startedWallMillis,
                wallMillis,
                token,
                pid,
                code,
                attempt,
                origin);
    }

    /** This try has failed, and the next one follows. */
    Run retrying(String why, int code) {
        check(RunState.RETRY_WAIT);
        return new Run(
                id,
                task,
                RunState.RETRY_WAIT,
                why,
                dueWallMillis,
                startedWallMillis,
                0,
                token,
                0,
                code,
                attempt + 1,
                origin);
    }

    /** A probe of this run, which is in doubt, is asked for. */
    Run probing(String why, long grantedToken) {
        var probing = become(RunState.PROBING, why);
        return probing.with(grantedToken, attempt);
    }

    /** The next start of an occurrence that is known not to have taken effect. */
    Run again() {
        return with(token, attempt + 1);
    }

    private Run with(long newToken, int newAttempt) {
        return new Run(
                id,
                task,
                state,
                reason,
                dueWallMillis,
                startedWallMillis,
                0,
                newToken,
                0,
                NO_EXIT_CODE,
                newAttempt,
                origin);
    }

    private void check(RunState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("run " + id + " cannot go from " + state + " to " + next);
        }
    }
}
