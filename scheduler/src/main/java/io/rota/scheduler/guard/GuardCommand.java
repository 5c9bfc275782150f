package io.rota.scheduler.guard;

import io.rota.scheduler.Confinement;
import java.util.List;
import java.util.Map;

/** What the node tells its guard. */
public sealed interface GuardCommand {

    /** Environment variable that marks every process of a run: node, boot and run in one word. */
    String MARK = "ROTA_MARK";

    /**
     * Start a process.
     *
     * @param runId names the run in all later messages
     * @param argv program and arguments
     * @param workingDir directory to run in, empty for the guard's own
     * @param environment the whole environment of the process
     * @param exclusive true if it may live only as long as the lease
     * @param confinement as whom it runs, and how much it may take
     */
    record Start(
            String runId,
            List<String> argv,
            String workingDir,
            Map<String, String> environment,
            boolean exclusive,
            Confinement confinement)
            implements GuardCommand {
        public Start {
            argv = List.copyOf(argv);
            environment = Map.copyOf(environment);
        }

        /** A process of the node's own user, without limits. */
        public Start(
                String runId,
                List<String> argv,
                String workingDir,
                Map<String, String> environment,
                boolean exclusive) {
            this(runId, argv, workingDir, environment, exclusive, Confinement.NONE);
        }

        /** Without the environment, which nobody else is to read. */
        @Override
        public String toString() {
            return "Start[" + runId + "]";
        }

        /** {@code NAME=value} as it stands in the environment of every process of the run, and of no other's. */
        String mark() {
            return MARK + "=" + environment.getOrDefault(MARK, runId);
        }
    }

    /** TERM now, KILL after the grace period. */
    record Stop(String runId, long graceMillis) implements GuardCommand {}

    /** The lease holds for its full length from the instant of this stamp, which the guard itself had sent. */
    record LeaseHeld(long stampNanos) implements GuardCommand {}

    /** The members that are to hear the guard's word, name to peer address. */
    record Peers(Map<String, String> addresses) implements GuardCommand {
        public Peers {
            addresses = Map.copyOf(addresses);
        }
    }

    /** The node stops in good order: no word is needed. */
    record Farewell() implements GuardCommand {}
}
