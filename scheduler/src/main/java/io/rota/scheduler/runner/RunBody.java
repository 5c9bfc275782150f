package io.rota.scheduler.runner;

/** What a run does on its thread. To stop it, that thread is interrupted. */
@FunctionalInterface
public interface RunBody {
    /** Exit code of a run that did what it should. */
    int SUCCEEDED = 0;
    /** Exit code of a run that failed. */
    int FAILED = 1;
    /** Exit code of a run that could not begin, as in a shell. */
    int NOT_STARTED = 127;
    /** Exit code of a run that was stopped, as of a process that TERM has ended. */
    int STOPPED = 143;

    /**
     * How it ended.
     *
     * @param exitCode as of a process
     * @param reason why it failed, for a person; empty after success
     */
    record Outcome(int exitCode, String reason) {
        private static final int MAX_REASON = 500;

        /** A reason comes from anywhere, and goes on one line of a log. */
        public Outcome {
            reason = reason.substring(0, Math.min(reason.length(), MAX_REASON)).replaceAll("\\p{Cntrl}+", " ");
        }

        static Outcome succeeded() {
            return new Outcome(SUCCEEDED, "");
        }

        static Outcome failed(String reason) {
            return new Outcome(FAILED, reason);
        }
    }

    /** What a run may tell and ask while it goes on. */
    interface Line {
        /** Takes a piece of the run's output. */
        void output(String text);

        /** True once the run is to end. */
        boolean isStopAsked();
    }

    /** Does it; blocks until it is done. Whatever it throws fails the run. */
    Outcome call(Line line) throws InterruptedException;
}
