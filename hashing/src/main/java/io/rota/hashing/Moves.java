package io.rota.hashing;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two placements, in ring order. Promises each task that exists before or after at most once; a task
 * that has come or gone moves from or to "". Immutable.
 *
 * @param all every move
 */
public record Moves(List<Move> all) {

    public Moves {
        all = List.copyOf(all);
    }

    public static Moves between(Placement before, Placement after) {
        List<Move> moves = new ArrayList<>();
        int old = 0;
        int now = 0;
        while (old < before.taskCount() || now < after.taskCount()) {
            int order = order(before, old, after, now);
            RingTask task = order <= 0 ? before.taskAt(old) : after.taskAt(now);
            String from = order <= 0 ? before.ownerAt(old++).orElse("") : "";
            String to = order >= 0 ? after.ownerAt(now++).orElse("") : "";
            if (!from.equals(to)) {
                moves.add(new Move(task.id(), from, to));
            }
        }
        return new Moves(moves);
    }

    public int count() {
        return all.size();
    }

    /** Those that leave the node. */
    public Moves from(String node) {
        return new Moves(all.stream().filter(move -> move.from().equals(node)).toList());
    }

    /** Those that come to the node. */
    public Moves to(String node) {
        return new Moves(all.stream().filter(move -> move.to().equals(node)).toList());
    }

    private static int order(Placement before, int old, Placement after, int now) {
        if (old == before.taskCount()) {
            return 1;
        }
        if (now == after.taskCount()) {
            return -1;
        }
        int order =
                Long.compareUnsigned(before.tasks().position(old), after.tasks().position(now));
        return order != 0
                ? order
                : before.taskAt(old).id().compareTo(after.taskAt(now).id());
    }
}
