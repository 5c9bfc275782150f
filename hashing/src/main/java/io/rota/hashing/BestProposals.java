package io.rota.hashing;

/**
 * Picks the proposals that a full node keeps: nearest first, then the smaller task id. Keeps the distances of one round in
 * one array, a stretch for each contested node, and moves the best of a stretch to its front without sorting the rest.
 * The set picked does not depend on the order in which proposals came. Confined to one matching.
 */
final class BestProposals {
    private final SortedTasks tasks;
    private final Proposals proposals;
    private final long[] distances;
    private final int[] indexes;

    BestProposals(SortedTasks tasks, Proposals proposals, int size) {
        this.tasks = tasks;
        this.proposals = proposals;
        this.distances = new long[size];
        this.indexes = new int[size];
    }

    void put(int at, long distance, int proposal) {
        distances[at] = distance ^ Long.MIN_VALUE;
        indexes[at] = proposal;
    }

    int proposal(int at) {
        return indexes[at];
    }

    int task(int at) {
        return proposals.tasks()[indexes[at]];
    }

    /** Moves the best {@code count} of the stretch to its front. */
    void moveBestToFront(int from, int to, int count) {
        int low = from;
        int high = to - 1;
        int border = from + count;
        while (low < high && border > low && border <= high) {
            swap(middleOfThree(low, high), high);
            int split = partition(low, high);
            if (split == border) {
                return;
            }
            if (split < border) {
                low = split + 1;
            } else {
                high = split - 1;
            }
        }
    }

    private int partition(int low, int high) {
        int to = low;
        for (int i = low; i < high; i++) {
            if (isBetter(i, high)) {
                swap(i, to++);
            }
        }
        swap(to, high);
        return to;
    }

    private int middleOfThree(int low, int high) {
        int middle = (low + high) >>> 1;
        if (isBetter(low, middle)) {
            return isBetter(middle, high) ? middle : isBetter(low, high) ? high : low;
        }
        return isBetter(low, high) ? low : isBetter(middle, high) ? high : middle;
    }

    private boolean isBetter(int a, int b) {
        if (distances[a] != distances[b]) {
            return distances[a] < distances[b];
        }
        return tasks.id(task(a)).compareTo(tasks.id(task(b))) < 0;
    }

    private void swap(int a, int b) {
        long distance = distances[a];
        distances[a] = distances[b];
        distances[b] = distance;
        int index = indexes[a];
        indexes[a] = indexes[b];
        indexes[b] = index;
    }
}
