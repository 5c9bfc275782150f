package io.rota.scheduler.arbitration;

/** What a claim gives the right to do. */
public enum ClaimKind {
    /** Run the task, at level exclusive: after a crash it may run again. */
    EXCLUSIVE,
    /** Run one occurrence at level once. On a majority of the books it is the intent: whoever dies holding it leaves a doubt. */
    ONCE,
    /** Nothing: it asks how the task stands, and is never granted. */
    LOOK,
    /** Find out what became of the run in doubt, and write down what was found. */
    PROBE,
    /** Write down what a person says about the run in doubt. */
    DECISION;

    /** True for a claim under which the task itself may be started. */
    public boolean isRun() {
        return this == EXCLUSIVE || this == ONCE;
    }
}
