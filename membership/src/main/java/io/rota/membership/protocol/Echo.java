package io.rota.membership.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Datagrams to oneself through the real socket. Confined to the protocol thread. The inbox is read in order, so when one is back, all that had
 * arrived before it has been read: a node whose own inbox is held can tell so, and blames nobody. (A measured local health, where Lifeguard section VII
 * calls its scores heuristic.)
 */
final class Echo {

    private static final long RETRY_NANOS = 200_000_000;
    private static final int LIMIT = 256;

    private final Parts parts;
    private final Map<Long, Runnable> out = new LinkedHashMap<>();
    private long nextId;

    Echo(Parts parts) {
        this.parts = parts;
    }

    /** Sends one and does not insist; the id tells later whether it is still out. */
    long send() {
        return send(() -> {});
    }

    boolean isOut(long id) {
        return out.containsKey(id);
    }

    /** Runs the task once everything that has arrived by now has been read. Tries again for as long as it takes. */
    void afterInbox(Runnable task) {
        attempt(new Barrier(task));
    }

    void onReturn(long id) {
        Runnable task = out.remove(id);
        if (task != null) {
            task.run();
        }
    }

    private void attempt(Barrier barrier) {
        if (!barrier.passed) {
            send(barrier::pass);
            parts.timers.after(RETRY_NANOS, () -> attempt(barrier));
        }
    }

    private long send(Runnable whenBack) {
        long id = nextId++;
        out.put(id, whenBack);
        if (out.size() > LIMIT) {
            out.remove(out.keySet().iterator().next());
        }
        parts.outbox.sendToSelf(new Message.SelfProbe(id));
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
