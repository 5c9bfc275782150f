package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flapping member from moving everybody's work. Confined to the protocol thread. A member that was declared dead and comes back announces
 * itself as JOINING for a quiet time that doubles with each return and is forgiven after half an hour without one. It is the member's own gossiped
 * word, so all nodes agree. And a node that has just stalled proves one second of running before it contests its death at all: a process that runs for
 * milliseconds between long stops stays dead instead of returning each time.
 */
final class Damping {

    private static final long FORGIVEN_NANOS = 30 * 60 * 1_000_000_000L;
    /** After a stall the inbox is read first: it may say that we are dead already. */
    private static final long DRAINING_NANOS = 150_000_000L;

    private static final long PROVING_NANOS = 1_000_000_000L;
    private static final long SOON_NANOS = 60_000_000_000L;
    private static final long EPISODE_NANOS = 3_000_000_000L;
    private static final int RETURNS_LIMIT = 16;

    private final Parts parts;
    private int returns;
    private boolean formerCounted;
    private long lastReturnNanos;
    private long lastStallNanos = Long.MIN_VALUE / 2;
    private long contestedIncarnation = -1;
    private MemberState contested = MemberState.ALIVE;
    private Timers.@Nullable Timer end;

    Damping(Parts parts) {
        this.parts = parts;
    }

    void onLongStall() {
        lastStallNanos = parts.now();
    }

    /** Somebody accuses this boot at that incarnation: contradict as soon as we have run for long enough to be believed. */
    void contest(MemberState accusation, long incarnation) {
        boolean worse = accusation.compareTo(contested) > 0;
        if (incarnation > contestedIncarnation || (incarnation == contestedIncarnation && worse)) {
            contestedIncarnation = incarnation;
            contested = accusation;
            whenProven(accusation, incarnation);
        }
    }

    /** The table of another node says that our former process died: its returns are ours. Counted once, soon after the start. */
    void formerSelfDied(Remembered entry) {
        boolean soon = parts.self.uptimeNanos() < SOON_NANOS;
        if (formerCounted || !soon || entry.ageSeconds() * 1_000_000_000L >= FORGIVEN_NANOS) {
            return;
        }
        formerCounted = true;
        if (entry.subject().returns() + 1 > returns) {
            beQuiet(entry.subject().returns() + 1);
            parts.self.renew(entry.subject().member().incarnation());
        }
    }

    /** An operator vouches for this node: back to work at once. */
    void clear() {
        returns = 0;
        if (end != null) {
            end.cancel();
            ended();
        }
    }

    /** first * 2^(returns - 1), at most limit. */
    static long quietNanos(int returns, long firstNanos, long limitNanos) {
        long quiet = firstNanos;
        for (int i = 1; i < returns && quiet < limitNanos; i++) {
            quiet *= 2;
        }
        return Math.min(quiet, limitNanos);
    }

    private void whenProven(MemberState accusation, long incarnation) {
        boolean stale = contestedIncarnation != incarnation || contested != accusation;
        if (stale || !parts.self.isPresent() || parts.self.incarnation() > incarnation) {
            return;
        }
        long proving = accusation == MemberState.SUSPECT ? DRAINING_NANOS : PROVING_NANOS;
        long wait = lastStallNanos + proving - parts.now();
        if (wait > 0) {
            parts.timers.after(wait, () -> whenProven(accusation, incarnation));
            return;
        }
        if (accusation == MemberState.DEAD) {
            beQuiet(nextReturn());
        }
        parts.dispute.refute(accusation, incarnation);
    }

    /** Several members may hold one and the same death against us: within a few seconds that is one return, not many. */
    private int nextReturn() {
        long sinceLast = parts.now() - lastReturnNanos;
        if (returns > 0 && sinceLast < EPISODE_NANOS) {
            return returns;
        }
        return sinceLast >= FORGIVEN_NANOS ? 1 : returns + 1;
    }

    private void beQuiet(int asReturn) {
        returns = Math.min(RETURNS_LIMIT, asReturn);
        lastReturnNanos = parts.now();
        ProtocolSettings.Returning returning = parts.settings.returning();
        long quiet = quietNanos(
                returns,
                returning.quietFirst().toNanos(),
                returning.quietLimit().toNanos());
        parts.self.setQuiet(quiet > 0, returns);
        if (end != null) {
            end.cancel();
        }
        end = parts.timers.after(quiet, this::mayEnd);
        parts.report(new Event.Quiet(true, quiet));
    }

    /** The quiet time is over, unless this node lay cut off and has not heard the cluster for long enough since. */
    private void mayEnd() {
        long rest = parts.isolation.restNanos();
        if (rest > 0) {
            end = parts.timers.after(rest, this::mayEnd);
        } else {
            ended();
        }
    }

    private void ended() {
        end = null;
        parts.self.setQuiet(false, returns);
        parts.report(new Event.Quiet(false, 0));
        if (parts.self.isPresent()) {
            parts.self.renew(parts.self.incarnation());
        }
    }
}
