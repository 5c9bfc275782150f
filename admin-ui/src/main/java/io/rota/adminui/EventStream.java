package io.rota.adminui;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One browser's event stream. Nobody ever waits for it: a frame is put into a queue of one, where a newer frame replaces
 * one not yet begun, and the bytes leave whenever the socket takes them. A stream that has made no progress for a while
 * is cut by its owner. Thread-safe; frames are never torn, since all writes happen under one lock.
 */
final class EventStream implements WriteListener {
    private final ServletOutputStream out;
    private final Runnable cutConnection;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // Guarded by this.
    private byte @Nullable [] waiting;
    private boolean opened;
    private boolean flushDue;
    private boolean socketFull;
    private long fullSinceNanos;

    /**
     * Attaches to a response in asynchronous mode.
     *
     * @param cutConnection closes the socket at once, whatever is still unsent
     */
    EventStream(ServletOutputStream out, Runnable cutConnection) {
        this.out = out;
        this.cutConnection = cutConnection;
    }

    /** Begins to write; to be called once, by the owner. */
    void begin() {
        out.setWriteListener(this);
    }

    /** Completes when the stream is over, for whatever reason. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Replaces what is waiting. */
    synchronized void offer(byte[] frame) {
        waiting = frame;
        writeWhatFits();
    }

    /** Offers a frame that is worth nothing beside another one. */
    synchronized void offerIfIdle(byte[] frame) {
        if (waiting == null) {
            offer(frame);
        }
    }

    /** How long the socket has taken nothing although something waits; 0 while all is well. */
    synchronized long stalledNanos(long nowNanos) {
        return socketFull ? Math.max(0, nowNanos - fullSinceNanos) : 0;
    }

    /** Ends the stream in good order if nothing is stuck, else by closing the socket. */
    void end() {
        boolean stuck;
        synchronized (this) {
            stuck = socketFull;
        }
        if (stuck) {
            cutConnection.run();
        }
        ended.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        opened = true;
        socketFull = false;
        writeWhatFits();
    }

    @Override
    public void onError(Throwable failure) {
        ended.complete(null);
    }

    private void writeWhatFits() {
        if (!opened || socketFull || ended.isDone()) {
            return;
        }
        try {
            while (flushDue || waiting != null) {
                if (!out.isReady()) {
                    socketFull = true;
                    fullSinceNanos = System.nanoTime();
                    return;
                }
                writeOne();
            }
        } catch (IOException e) {
            ended.complete(null);
        }
    }

    private void writeOne() throws IOException {
        if (flushDue) {
            flushDue = false;
            out.flush();
        } else if (waiting != null) {
            var frame = waiting;
            waiting = null;
            flushDue = true;
            out.write(frame);
        }
    }
}
