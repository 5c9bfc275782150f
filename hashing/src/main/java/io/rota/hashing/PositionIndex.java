package io.rota.hashing;

/**
 * Finds a position in a sorted array in a few steps whatever the array's length: hashed positions are even, so that their
 * top bits say nearly where they stand. Uneven positions cost a binary search, never more. One byte a position. Immutable.
 */
final class PositionIndex {
    private static final int POSITIONS_PER_CELL_SHIFT = 2;

    private final long[] positions;
    private final int[] cellStart;
    private final int shift;

    PositionIndex(long[] positions) {
        this.positions = positions;
        int cells = Math.max(2, Integer.highestOneBit(positions.length) >>> POSITIONS_PER_CELL_SHIFT);
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(cells);
        this.cellStart = new int[cells + 1];
        int cell = 0;
        for (int i = 0; i < positions.length; i++) {
            int own = (int) (positions[i] >>> shift);
            while (cell < own) {
                cellStart[++cell] = i;
            }
        }
        while (cell < cells) {
            cellStart[++cell] = positions.length;
        }
    }

    /** Index of the first position that is not below the given one, or the number of positions. */
    int lowerBound(long position) {
        int cell = (int) (position >>> shift);
        return PositionSort.lowerBound(positions, position, cellStart[cell], cellStart[cell + 1]);
    }
}
