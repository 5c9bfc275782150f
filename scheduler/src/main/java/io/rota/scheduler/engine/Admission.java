package io.rota.scheduler.engine;

import io.rota.scheduler.Share;
import io.rota.scheduler.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who of the runs on this node may start: as many as there are slots for. The others wait, first those of the highest
 * priority, which grows by one for each half minute of waiting, so that nobody waits for ever; of equals the one that was
 * due first. Whoever is first and does not fit holds those behind it up, or a large run would never find room; only
 * interactive and ordered runs pass by, into the reserved slots. Bounded by the runs that may be under way. Confined to the
 * engine's thread.
 */
final class Admission {
    /** A run that waits gains one step of priority in this time. */
    static final long AGEING_NANOS = 30_000_000_000L;

    private final Slots slots;
    private final Map<RunLane, Waiting> admitted = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(RunLane lane, Run run, Share share, long sinceNanos) {
        boolean isUrgent() {
            return isUrgent(run, share);
        }

        static boolean isUrgent(Run run, Share share) {
            return share.priority() >= Share.INTERACTIVE || run.origin().isOrder();
        }

        int slots() {
            return share.slots();
        }

        long rank(long nowNanos) {
            return share.priority() + (nowNanos - sinceNanos) / AGEING_NANOS;
        }
    }

    Admission(Slots slots) {
        this.slots = slots;
    }

    /** Takes slots for the run at once, or lets it wait. */
    boolean admit(Moment now, RunLane lane, Run run, Share share) {
        if (slots.isUnlimited()) {
            return true;
        }
        var asking = new Waiting(lane, run, share, now.nanos());
        waiting.add(asking);
        if (!next(now).contains(asking)) {
            return false;
        }
        waiting.remove(asking);
        admitted.put(lane, asking);
        return true;
    }

    /** Why a run waits, for a person. */
    String reason() {
        return "all " + slots.total() + " slots of the node are taken"
                + (slots.reserved() == 0 ? "" : ", but for " + slots.reserved() + " reserved ones");
    }

    /** The run of this lane needs no slot any more. */
    void leave(RunLane lane) {
        admitted.remove(lane);
        waiting.removeIf(other -> other.lane() == lane);
    }

    /** Admits those whose turn it is. */
    void fill(Moment now, Consumer<RunLane> onAdmitted) {
        for (var each : next(now)) {
            waiting.remove(each);
            admitted.put(each.lane(), each);
            onAdmitted.accept(each.lane());
        }
    }

    /** Those whose turn it is, in order. */
    private List<Waiting> next(Moment now) {
        waiting.sort(Comparator.comparingLong((Waiting each) -> -each.rank(now.nanos()))
                .thenComparingLong(each -> each.run().dueWallMillis())
                .thenComparing(each -> each.run().id()));
        int taken = admitted.values().stream().mapToInt(Waiting::slots).sum();
        int urgent = admitted.values().stream()
                .filter(Waiting::isUrgent)
                .mapToInt(Waiting::slots)
                .sum();
        boolean urgentHeldUp = false;
        boolean heldUp = false;
        var next = new ArrayList<Waiting>();
        for (var each : waiting) {
            if (each.isUrgent() ? urgentHeldUp : heldUp) {
                continue;
            }
            int room = slots.total() - (each.isUrgent() ? 0 : slots.reserved());
            // Past one that is held up only into what is reserved, or that one would wait for ever.
            boolean passes = !heldUp || urgent + each.slots() <= slots.reserved();
            if (taken + each.slots() <= room && passes) {
                next.add(each);
                taken += each.slots();
                urgent += each.isUrgent() ? each.slots() : 0;
            } else {
                urgentHeldUp |= each.isUrgent();
                heldUp = true;
            }
        }
        return next;
    }
}
