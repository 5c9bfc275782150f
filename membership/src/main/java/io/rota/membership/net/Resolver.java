package io.rota.membership.net;

import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Resolves host names on a thread of its own, since the platform's resolver blocks. Thread-safe. At most {@link #WAITING_LIMIT} wait; one more counts as
 * unresolved, and is dialled again later.
 */
final class Resolver {

    private static final int WAITING_LIMIT = 64;

    private final ThreadPoolExecutor thread;

    Resolver(String node) {
        this.thread = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_LIMIT), task -> daemon(task, node));
        this.thread.allowCoreThreadTimeOut(true);
    }

    /** Calls back on the resolver's thread, or on the caller's when too many wait. */
    void resolve(Seed seed, Consumer<InetSocketAddress> whenDone) {
        try {
            thread.execute(() -> whenDone.accept(new InetSocketAddress(seed.host(), seed.port())));
        } catch (RejectedExecutionException e) {
            whenDone.accept(InetSocketAddress.createUnresolved(seed.host(), seed.port()));
        }
    }

    void close() {
        thread.shutdownNow();
    }

    private static Thread daemon(Runnable task, String node) {
        Thread thread = new Thread(task, "membership-resolver-" + node);
        thread.setDaemon(true);
        return thread;
    }
}
