package io.rota.node;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.LocalTaskLocks;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.hazelcast.HazelcastTaskLocks;
import io.rota.scheduler.loop.Ticker;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task locks of an arbiter, which follow the list: in the process for a single one, a Hazelcast CP group for three or
 * five, none once this node is listed no more. Another number of arbiters is another group. Thread-safe.
 */
final class ArbiterLocks implements TaskLocks {
    private static final Logger LOG = LoggerFactory.getLogger(ArbiterLocks.class);
    private static final int FEWEST_IN_GROUP = 3;

    private final String self;
    private final Function<ArbiterList, HazelcastTaskLocks> group;
    // Hazelcast takes its time to end: nobody waits for it.
    private final Ticker changes = new Ticker("arbiter-locks", 1);

    private volatile TaskLocks current = new NoLocks();
    private int size;
    private boolean closed;

    /** @param group makes and starts the locks of a group */
    ArbiterLocks(String self, Function<ArbiterList, HazelcastTaskLocks> group) {
        this.self = self;
        this.group = group;
    }

    /** These are the arbiters from now on. */
    void follow(ArbiterList list) {
        changes.after(0, () -> change(list));
    }

    private synchronized void change(ArbiterList list) {
        int next = list.contains(self) ? list.seats().size() : 0;
        if (closed || next == size) {
            return;
        }
        LOG.info("task locks of another kind arbiters={}", list.names());
        var old = current;
        current = new NoLocks();
        old.close();
        size = next;
        if (next >= FEWEST_IN_GROUP) {
            current = group.apply(list);
        } else if (next > 0) {
            current = new LocalTaskLocks();
        }
    }

    @Override
    public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
        return current.underLock(task, limit, decision);
    }

    @Override
    public Status status() {
        return current.status();
    }

    @Override
    public synchronized void close() {
        closed = true;
        changes.close();
        current.close();
    }

    private static final class NoLocks implements TaskLocks {
        @Override
        public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
            return new Outcome.Unavailable<>("the list of arbiters is being changed");
        }

        @Override
        public Status status() {
            return new Status(false, 0);
        }

        @Override
        public void close() {
            // There is nothing to end.
        }
    }
}
