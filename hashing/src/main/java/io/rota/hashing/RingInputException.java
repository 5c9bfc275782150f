package io.rota.hashing;

/**
 * The input cannot be placed, and which of its rules it breaks is the type. Thrown while nodes, tasks and selectors are
 * built or handed over, never by the placement itself; the caller may assume that nothing has changed.
 */
public abstract sealed class RingInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private RingInputException(String message) {
        super(message);
    }

    /** Two nodes carry the same id. */
    public static final class DuplicateNode extends RingInputException {
        private static final long serialVersionUID = 1L;

        DuplicateNode(String id) {
            super("node id '" + id + "' is given twice");
        }
    }

    /** Two tasks carry the same id. */
    public static final class DuplicateTask extends RingInputException {
        private static final long serialVersionUID = 1L;

        DuplicateTask(String id) {
            super("task id '" + id + "' is given twice");
        }
    }

    /** A weight is outside of what a node may have. */
    public static final class WeightOutOfRange extends RingInputException {
        private static final long serialVersionUID = 1L;

        WeightOutOfRange(String node, int weightMilli) {
            super("weight of node '" + node + "' is " + weightMilli + " milli, allowed are " + RingNode.MIN_WEIGHT_MILLI
                    + " to " + RingNode.MAX_WEIGHT_MILLI);
        }
    }

    /** A selector says something that no rule gives a meaning to. */
    public static final class UnknownSelector extends RingInputException {
        private static final long serialVersionUID = 1L;

        UnknownSelector(String selector, String reason) {
            super("selector '" + selector + "' is not understood: " + reason);
        }
    }

    /** Two node ids hash to the same value, so that all their token positions would coincide. Rename one of the nodes. */
    public static final class HashCollision extends RingInputException {
        private static final long serialVersionUID = 1L;

        HashCollision(String first, String second) {
            super("node ids '" + first + "' and '" + second + "' have the same hash; rename one of them");
        }
    }

    /** An id is empty. */
    public static final class EmptyId extends RingInputException {
        private static final long serialVersionUID = 1L;

        EmptyId(String what) {
            super("a " + what + " has an empty id");
        }
    }

    /** More nodes, tasks or token positions than the arithmetic is proven for, or a setting outside of its range. */
    public static final class OutOfRange extends RingInputException {
        private static final long serialVersionUID = 1L;

        OutOfRange(String what, long value, long min, long max) {
            super(what + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
