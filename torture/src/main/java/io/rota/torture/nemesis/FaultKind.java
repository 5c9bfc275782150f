package io.rota.torture.nemesis;

/** The faults that can be injected. */
public enum FaultKind {
    /** kill -9 of the node; started again at the heal. */
    KILL_NODE(Family.PROCESS, Scope.ONE, 2_000, 8_000),
    /** kill -9 of the guard; the node makes a new one. */
    KILL_GUARD(Family.PROCESS, Scope.ONE, 3_000, 5_000),
    /** kill -9 of node and guard in one call; started again at the heal. */
    KILL_BOTH(Family.PROCESS, Scope.ONE, 2_000, 13_000),
    /** kill -9 of all nodes and guards; all started again at the heal. */
    KILL_ALL(Family.PROCESS, Scope.ALL, 2_000, 5_000),
    /** TERM; started again when it has ended and the heal is due. */
    RESTART(Family.PROCESS, Scope.ONE, 4_000, 6_000),
    /** STOP of the node, its guard goes on; CONT at the heal. */
    STOP_NODE(Family.FREEZE, Scope.ONE, 1_000, 16_000),
    /** STOP of the guard, its node goes on; CONT at the heal. */
    STOP_GUARD(Family.FREEZE, Scope.ONE, 1_000, 10_000),
    /** STOP of node and guard; CONT at the heal. */
    STOP_BOTH(Family.FREEZE, Scope.ONE, 1_000, 4_000),
    /** Nothing passes between the victim and the others. */
    ISOLATE(Family.NETWORK, Scope.ONE, 3_000, 15_000),
    /** The victim hears nobody. */
    CUT_IN(Family.NETWORK, Scope.ONE, 3_000, 15_000),
    /** Nobody hears the victim. */
    CUT_OUT(Family.NETWORK, Scope.ONE, 3_000, 15_000),
    /** Two nodes do not hear each other; the others hear both. */
    BRIDGE(Family.NETWORK, Scope.TWO, 3_000, 15_000),
    /** Less than half of the nodes is cut from the others. */
    SPLIT(Family.NETWORK, Scope.MINORITY, 3_000, 15_000),
    /** Each node is cut from every other. */
    SHATTER(Family.NETWORK, Scope.ALL, 3_000, 12_000),
    /** Three packets of ten are lost from and to the victim. */
    LOSS(Family.NETWORK, Scope.ONE, 4_000, 12_000),
    /** The victim sends no more than 64 kbit/s. */
    SLOW_LINK(Family.NETWORK, Scope.ONE, 4_000, 10_000),
    /** The data directory is full. */
    DISK_FULL(Family.RESOURCE, Scope.ONE, 4_000, 10_000),
    /** The data directory is read-only. */
    DISK_READ_ONLY(Family.RESOURCE, Scope.ONE, 4_000, 10_000),
    /** The node may open no more files or sockets. */
    FILES_EXHAUSTED(Family.RESOURCE, Scope.ONE, 3_000, 8_000);

    /** What kind of thing is harmed. */
    public enum Family {
        /** Processes are ended. */
        PROCESS,
        /** Processes stand still. */
        FREEZE,
        /** Links fail. */
        NETWORK,
        /** Disk or descriptors run out. */
        RESOURCE
    }

    /** How many nodes it meets. */
    public enum Scope {
        /** One node. */
        ONE,
        /** A pair. */
        TWO,
        /** Fewer than half. */
        MINORITY,
        /** Every node. */
        ALL
    }

    private final Family family;
    private final Scope scope;
    private final int minMillis;
    private final int maxMillis;

    FaultKind(Family family, Scope scope, int minMillis, int maxMillis) {
        this.family = family;
        this.scope = scope;
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
    }

    /** What it harms. */
    public Family family() {
        return family;
    }

    /** How many nodes it meets. */
    public Scope scope() {
        return scope;
    }

    /** Shortest length that is drawn. */
    public int minMillis() {
        return minMillis;
    }

    /** Longest length that is drawn. */
    public int maxMillis() {
        return maxMillis;
    }

    /** True if the memory of a node is lost by it. */
    public boolean losesMemory() {
        return this == KILL_NODE || this == KILL_BOTH || this == KILL_ALL || this == RESTART;
    }

    /** True if nodes may lose sight of each other, or one of itself: a ring task may then run twice, as documented. */
    public boolean blinds() {
        return family == Family.NETWORK || this == STOP_NODE || this == STOP_BOTH || this == FILES_EXHAUSTED;
    }
}
