package io.rota.scheduler.engine;

import io.rota.scheduler.CatchUp;
import io.rota.scheduler.RunPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Which occurrences of a task are to begin and which are missed. It moves forwards only: an occurrence that it has given
 * out once never comes again, whatever the clock does. Confined to the engine's thread.
 */
final class Agenda {
    /** Most occurrences that get a record of their own when many are due at once; one more record counts the older ones. */
    static final int MOST_AT_ONCE = 100;
    /** Older occurrences are counted up to here. */
    static final int MOST_COUNTED = 10_000;

    private final Occurrences occurrences;
    private final RunPolicy policy;
    private Occurrence next;
    private long handledMillis;

    /**
     * What is due, in the order of occurrences.
     *
     * @param begin to be started
     * @param missed too late to be started
     * @param older earlier ones than those in {@code missed}, which share one record; 0 if there are none
     * @param oldest the first of the older ones
     */
    record Due(List<Occurrence> begin, List<Occurrence> missed, int older, Occurrence oldest) {
        Due {
            begin = List.copyOf(begin);
            missed = List.copyOf(missed);
        }

        /** True if there were more than {@link #MOST_COUNTED} older ones. */
        boolean isUncounted() {
            return older >= MOST_COUNTED;
        }
    }

    /** @param handledMillis every occurrence up to this nominal instant has been seen to */
    Agenda(Occurrences occurrences, RunPolicy policy, long handledMillis) {
        this.occurrences = occurrences;
        this.policy = policy;
        this.handledMillis = handledMillis;
        this.next = occurrences.after(handledMillis);
    }

    /** Every occurrence up to this nominal instant has been seen to. */
    long handledMillis() {
        return handledMillis;
    }

    /** When the next occurrence is due; {@link Occurrences#NEVER} for never again. */
    long nextDueMillis() {
        return next.dueMillis();
    }

    /** Takes out all that is due at this instant. */
    Due take(long wallMillis) {
        var latest = new ArrayDeque<Occurrence>();
        var oldest = next;
        int older = 0;
        while (next.dueMillis() <= wallMillis) {
            latest.addLast(next);
            advance(next.nominalMillis());
            if (latest.size() > MOST_AT_ONCE) {
                latest.removeFirst();
                older++;
            }
            if (older == MOST_COUNTED) {
                advance(Math.max(handledMillis, occurrences.cursorShortlyBefore(wallMillis, handledMillis)));
                older++;
            }
        }
        return divide(new ArrayList<>(latest), older, oldest, wallMillis);
    }

    private void advance(long nominalMillis) {
        handledMillis = nominalMillis;
        next = occurrences.after(nominalMillis);
    }

    private Due divide(List<Occurrence> due, int older, Occurrence oldest, long wallMillis) {
        var begin = new ArrayList<Occurrence>();
        var missed = new ArrayList<Occurrence>();
        for (int i = 0; i < due.size(); i++) {
            boolean newest = i == due.size() - 1;
            boolean inTime = wallMillis - due.get(i).dueMillis()
                    <= policy.startDeadline().toMillis();
            if (inTime && (newest || policy.catchUp() == CatchUp.ALL)) {
                begin.add(due.get(i));
            } else {
                missed.add(due.get(i));
            }
        }
        return new Due(begin, missed, older, oldest);
    }
}
