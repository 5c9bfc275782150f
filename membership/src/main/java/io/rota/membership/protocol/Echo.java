package io.rota.membership.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Datagrams to oneself through the real socket. Confined to the protocol thread. The inbox is read in order, so when one is back, all that had
 * arrived before it has been read: a node whose own inbox is held can tell so, and blames nobody. (A measured local health, where Lifeguard section VII
 * calls its scores heuristic.)
 */
final class Echo {

    private static final long RETRY_NANOS = 200_000_000;
    /** A power of two; an older one counts as back. */
    private static final int LIMIT = 256;

    private final Parts parts;
    /** What to do when the probe of that id, modulo the limit, is back; null once it is. */
    private final @Nullable Runnable[] out = new Runnable[LIMIT];

    private long nextId;

    Echo(Parts parts) {
        this.parts = parts;
    }

    /** Sends one and does not insist; the id tells later whether it is still out. */
    long send() {
        return send(Echo::nothing);
    }

    boolean isOut(long id) {
        return isRecent(id) && out[slot(id)] != null;
    }

    /** Runs the task once everything that has arrived by now has been read. Tries again for as long as it takes. */
    void afterInbox(Runnable task) {
        attempt(new Barrier(task));
    }

    void onReturn(long id) {
        if (isOut(id)) {
            Runnable task = out[slot(id)];
            out[slot(id)] = null;
            if (task != null) {
                task.run();
            }
        }
    }

    private static void nothing() {}

    private boolean isRecent(long id) {
        return id >= 0 && id < nextId && id >= nextId - LIMIT;
    }

    private static int slot(long id) {
        return (int) (id & (LIMIT - 1));
    }

    private void attempt(Barrier barrier) {
        if (!barrier.passed) {
            send(barrier::pass);
            parts.timers.after(RETRY_NANOS, () -> attempt(barrier));
        }
    }

    private long send(Runnable whenBack) {
        long id = nextId++;
        out[slot(id)] = whenBack;
        parts.outbox.sendToSelf(parts.spares.selfProbe(id));
        return id;
    }

    private static final class Barrier {
        private final Runnable task;
        private boolean passed;

        private Barrier(Runnable task) {
            this.task = task;
        }

        private void pass() {
            if (!passed) {
                passed = true;
                task.run();
            }
        }
    }
}
