package io.rota.membership.net;

import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands views to the listener on a thread of its own, so that a slow listener stalls no probe. Thread-safe. One view waits at most: a newer one takes its
 * place, for a view is a state and not an event. What the listener throws is logged, and the next view comes all the same.
 */
final class ViewHandOff {

    private static final Logger LOG = LoggerFactory.getLogger(ViewHandOff.class);

    private final MembershipListener listener;
    private final Counters counters;
    private final AtomicReference<@Nullable MembershipView> latest = new AtomicReference<>();
    private final AtomicReference<@Nullable InetSocketAddress> holder = new AtomicReference<>();
    private final Set<Seed> refused = ConcurrentHashMap.newKeySet();
    private final Object news = new Object();
    private final Thread thread;
    private volatile boolean running = true;

    ViewHandOff(String node, MembershipListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
        this.thread = new Thread(this::run, "membership-views-" + node);
        this.thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    void publish(MembershipView view) {
        if (latest.getAndSet(view) != null) {
            counters.count("views.skipped");
        }
        wake();
    }

    void nameTaken(InetSocketAddress by) {
        holder.set(by);
        wake();
    }

    void seedRefused(Seed seed) {
        refused.add(seed);
        wake();
    }

    /** No call begins after this; one that runs may still end. */
    void close() {
        running = false;
        wake();
    }

    private void wake() {
        synchronized (news) {
            news.notifyAll();
        }
    }

    private void run() {
        while (await()) {
            InetSocketAddress by = holder.getAndSet(null);
            if (by != null) {
                hand(() -> listener.onNameTaken(by));
            }
            for (Seed seed : List.copyOf(refused)) {
                refused.remove(seed);
                hand(() -> listener.onSeedRefused(seed));
            }
            MembershipView view = latest.getAndSet(null);
            if (view != null) {
                hand(() -> listener.onView(view));
            }
        }
    }

    private void hand(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            counters.count("views.failed");
            LOG.error("the membership listener failed; the next view comes all the same", e);
        }
    }

    /** True when there is something to hand over; false when all is over. */
    private boolean await() {
        synchronized (news) {
            while (running && latest.get() == null && holder.get() == null && refused.isEmpty()) {
                try {
                    news.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return running;
        }
    }
}
