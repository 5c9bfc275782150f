package io.rota.membership.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * News waiting to ride on packets (SWIM section 4.1). Confined to the protocol thread. One piece per member: newer news of a member replace
 * older, so the queue is bounded by the table. The least sent goes first, among equals the freshest; each piece is sent at most {@code limit} times
 * and then forgotten.
 */
final class RumorQueue {

    private static final int LOOKED_AT = 64;

    private final Map<String, Pending> byName = new HashMap<>();
    private final TreeSet<Pending> queue = new TreeSet<>(
            Comparator.<Pending>comparingInt(pending -> pending.sent).thenComparingLong(pending -> -pending.order));
    private long order;

    /** lambda * ceil(log10(n + 1)). */
    static int limit(int lambda, int members) {
        return lambda * (int) Math.ceil(StrictMath.log10(members + 1.0));
    }

    void add(Rumor rumor) {
        Pending pending = new Pending(rumor, order++);
        Pending replaced = byName.put(rumor.name(), pending);
        if (replaced != null) {
            queue.remove(replaced);
        }
        queue.add(pending);
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    /** News that fit in both budgets, on the wire and at the receiver; each is counted as sent once more. */
    List<Rumor> take(int budgetBytes, int footprintBytes, int limit) {
        if (queue.isEmpty()) {
            return List.of();
        }
        List<Pending> taken = new ArrayList<>();
        int left = budgetBytes;
        int leftOfFootprint = footprintBytes;
        int looked = 0;
        for (Pending pending : queue) {
            if (looked++ >= LOOKED_AT || left < RumorSize.BUDGET_BYTES / 32) {
                break;
            }
            if (pending.bytes <= left && pending.footprintBytes <= leftOfFootprint) {
                left -= pending.bytes;
                leftOfFootprint -= pending.footprintBytes;
                taken.add(pending);
            }
        }
        List<Rumor> rumors = new ArrayList<>(taken.size());
        for (Pending pending : taken) {
            rumors.add(pending.rumor);
            sentOnce(pending, limit);
        }
        return rumors;
    }

    /** Forgets all news that somebody is suspect or dead. */
    void dropAccusations() {
        queue.removeIf(Pending::isAccusation);
        byName.values().removeIf(Pending::isAccusation);
    }

    void clear() {
        byName.clear();
        queue.clear();
    }

    private void sentOnce(Pending pending, int limit) {
        queue.remove(pending);
        pending.sent++;
        if (pending.sent < limit) {
            queue.add(pending);
        } else {
            byName.remove(pending.rumor.name());
        }
    }

    private static final class Pending {
        private final Rumor rumor;
        private final int bytes;
        private final int footprintBytes;
        private final long order;
        private int sent;

        private Pending(Rumor rumor, long order) {
            this.rumor = rumor;
            this.bytes = RumorSize.of(rumor);
            this.footprintBytes = Footprint.of(rumor);
            this.order = order;
        }

        private boolean isAccusation() {
            return rumor instanceof Rumor.Suspect || rumor instanceof Rumor.Dead;
        }
    }
}
