package io.rota.hashing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds out, from the finished placement alone, why one task is where it is. Confined to one call. */
final class ExplainTask {
    private static final int STANDBYS = 3;

    private final Placement placement;
    private final NodeSet nodes;
    private final int task;
    private final BitSet groupHolders;
    private final List<Candidate> candidates = new ArrayList<>();

    ExplainTask(Placement placement, int task) {
        this.placement = placement;
        this.nodes = placement.ring().nodeSet();
        this.task = task;
        this.groupHolders = otherHoldersOfItsGroup();
    }

    Explanation explain() {
        BitSet left = TokenUpdate.all(nodes);
        int rank = 0;
        boolean isPastOwner = false;
        for (int node : Preferences.of(placement, task)) {
            left.clear(node);
            boolean isOwner = node == placement.assignment().owners()[task];
            isPastOwner |= isOwner;
            add(node, ++rank, isOwner ? Candidate.Standing.OWNER : standing(node, isPastOwner));
        }
        left.stream().forEach(node -> add(node, 0, Candidate.Standing.NOT_ADMITTED));
        return new Explanation(
                placement.tasks().id(task),
                placement.tasks().position(task),
                placement.assignment().saturated().get(task),
                candidates,
                Standbys.of(placement, task, STANDBYS));
    }

    private Candidate.Standing standing(int node, boolean isPastOwner) {
        if (isPastOwner) {
            return Candidate.Standing.NEXT;
        }
        return groupHolders.get(node) ? Candidate.Standing.SPREAD : Candidate.Standing.FULL;
    }

    private void add(int node, int rank, Candidate.Standing standing) {
        String id = nodes.id(node);
        candidates.add(new Candidate(id, rank, standing, placement.loadOf(id), placement.capOf(id)));
    }

    private BitSet otherHoldersOfItsGroup() {
        BitSet holders = new BitSet();
        TaskTraits traits = placement.tasks().traits();
        int group = traits.groupOf(task);
        for (int other = 0; group != 0 && other < placement.taskCount(); other++) {
            char owner = placement.assignment().owners()[other];
            if (other != task && traits.groupOf(other) == group && owner != NodeSet.NONE) {
                holders.set(owner);
            }
        }
        return holders;
    }
}
