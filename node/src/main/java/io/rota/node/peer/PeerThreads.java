package io.rota.node.peer;

import io.rota.scheduler.peer.PeerRequest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads of the peer API. A request that waits for others in turn must not occupy the threads that those others'
 * answers need: it has a pool of its own, on either end.
 */
final class PeerThreads {
    private static final int QUEUE = 1_000;
    private static final long IDLE_SECONDS = 30;

    private PeerThreads() {}

    /** True for a request that is answered only after others were asked, or the disk has it. */
    static boolean mayTakeSeconds(PeerRequest request) {
        return (request instanceof PeerRequest.Numbered numbered && numbered.request() instanceof PeerRequest.AskClaim)
                || request instanceof PeerRequest.YieldTasks
                || request instanceof PeerRequest.BeginRun
                || request instanceof PeerRequest.DrainNode;
    }

    /** Daemon threads with a bounded queue; what does not fit is rejected. */
    static ThreadPoolExecutor pool(String name, int threads) {
        var counter = new AtomicLong();
        var pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), task -> {
                    var thread = new Thread(task, name + "-" + counter.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
