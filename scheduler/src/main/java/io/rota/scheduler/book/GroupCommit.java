package io.rota.scheduler.book;

import io.rota.scheduler.arbitration.BookChange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts changes on disk in the order in which they were handed in, all that wait together in one commit: ten claims at
 * once cost one fsync. After a failed commit nothing is written any more, and everybody who waits is told. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Sink sink;
    private final Thread thread;
    private List<BookChange> waiting = new ArrayList<>();
    private long handedIn;
    private long onDisk;
    private long commits;
    private boolean closing;
    private @Nullable Exception failure;

    /** Makes changes durable before it returns. */
    interface Sink {
        void commit(List<BookChange> changes) throws Exception;
    }

    GroupCommit(Sink sink) {
        this.sink = sink;
        this.thread = new Thread(this::loop, "book-commit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands in one change; it does not wait. */
    synchronized void add(BookChange change) {
        handedIn++;
        if (failure != null) {
            // Nothing more reaches the disk, and whoever waits is told so.
            return;
        }
        waiting.add(change);
        notifyAll();
    }

    /**
     * Waits until everything handed in before this call is on disk.
     *
     * @throws BookFailedException if that cannot be said; nothing may be acknowledged then
     */
    synchronized void awaitDisk() {
        long wanted = handedIn;
        long start = System.nanoTime();
        try {
            while (onDisk < wanted && failure == null) {
                long leftNanos = AWAIT_NANOS - (System.nanoTime() - start);
                if (leftNanos <= 0 || closing) {
                    throw new BookFailedException("the disk did not answer in time", new IllegalStateException());
                }
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BookFailedException("interrupted before the disk answered", e);
        }
        if (failure != null) {
            throw new BookFailedException("the book cannot be written: " + failure.getMessage(), failure);
        }
    }

    /** Commits so far; fewer than changes when several went together. */
    synchronized long commits() {
        return commits;
    }

    private void loop() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            Exception failed = null;
            try {
                sink.commit(batch);
            } catch (Exception e) {
                failed = e;
            }
            done(batch.size(), failed);
        }
    }

    private synchronized List<BookChange> next() {
        while (waiting.isEmpty() && !closing) {
            try {
                wait();
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        var batch = failure == null ? waiting : List.<BookChange>of();
        waiting = new ArrayList<>();
        return batch;
    }

    private synchronized void done(int count, @Nullable Exception failed) {
        if (failed == null) {
            onDisk += count;
            commits++;
        } else {
            failure = failed;
            LOG.error(
                    "the book cannot be written and answers nothing any more remedy=\"make room or mend the disk, then"
                            + " start this node anew\" cause=\"{}\"",
                    failed.getMessage());
        }
        notifyAll();
    }

    /** Writes what was handed in, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(AWAIT_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
