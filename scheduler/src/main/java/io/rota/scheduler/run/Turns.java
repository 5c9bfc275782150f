package io.rota.scheduler.run;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets so many pieces of work be under way at a time; the others wait in their order. A node that has hundreds of claims
 * to ask for at once would open as many connections, and on a busy machine their handshakes alone outlast every time
 * limit: then all are tried again, for ever. Confined to one thread.
 */
final class Turns {
    private final int limit;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int open;

    /** @param limit most at the same time, at least 1 */
    Turns(int limit) {
        this.limit = limit;
    }

    /** Does it now or when its turn has come; whoever does it calls {@link #done} when it is over. */
    void take(Runnable work) {
        if (open < limit) {
            open++;
            work.run();
        } else {
            waiting.add(work);
        }
    }

    /** One is over: the next begins. */
    void done() {
        open--;
        var next = waiting.poll();
        if (next != null) {
            open++;
            next.run();
        }
    }
}
