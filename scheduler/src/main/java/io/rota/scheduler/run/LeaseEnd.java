package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Lease;
import java.util.List;

/**
 * Says when exclusive runs must begin to stop, so that they are gone before their lease is, and whether a lease is still
 * worth a start. Confined to the scheduler thread.
 */
final class LeaseEnd {
    /** Exclusive runs are stopped this long before the lease ends, beside their own stop grace. */
    private static final long MARGIN_NANOS = 500_000_000L;

    private final long noticeNanos;
    private long stoppedForNanos = Long.MIN_VALUE;

    LeaseEnd(List<TaskDefinition> tasks) {
        this.noticeNanos = MARGIN_NANOS
                + tasks.stream()
                        .filter(TaskDefinition::isExclusive)
                        .mapToLong(task -> task.stopGrace().toNanos())
                        .max()
                        .orElse(0);
    }

    /** When exclusive runs must be told to stop, on the monotonic clock; {@link Long#MAX_VALUE} if they were, or need not. */
    long stopNanos(Lease lease, boolean busy) {
        boolean worthIt = busy && lease.held() && lease.deadlineNanos() != stoppedForNanos;
        return worthIt ? lease.deadlineNanos() - noticeNanos : Long.MAX_VALUE;
    }

    /** They were told to stop before this lease ends. */
    void stoppedFor(Lease lease) {
        stoppedForNanos = lease.deadlineNanos();
    }

    /** True if a run that starts now could still be stopped in good order before the lease ends. */
    boolean allowsStart(Lease lease, long nowNanos) {
        return lease.remainingNanos(nowNanos) > noticeNanos;
    }
}
