package io.rota.benchmarks;

import io.rota.scheduler.api.Task;
import io.rota.scheduler.api.TaskContext;
import java.util.concurrent.atomic.AtomicLong;

/** A Java task that does nothing but count. */
public final class NoOp implements Task {
    private static final String COUNTER = "rota.dispatch.ended";

    /** One counter for this JVM, whichever class loader has loaded this class. */
    static AtomicLong ended() {
        return (AtomicLong) System.getProperties().computeIfAbsent(COUNTER, name -> new AtomicLong());
    }

    @Override
    public void run(TaskContext context) {
        ended().incrementAndGet();
    }
}
