package io.rota.scheduler.hazelcast;

import com.hazelcast.cp.lock.FencedLock;
import io.rota.scheduler.arbitration.TaskLocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Task locks on the CP subsystem. A CP lock belongs to a thread, so each task has its lane: one dedicated thread that
 * locks, decides and unlocks. A call that Hazelcast does not answer occupies its lane, never the caller, and the lane
 * settles what became of it before its next use. Thread-safe.
 */
public final class HazelcastTaskLocks implements TaskLocks {
    private static final int LANES = 4;
    /** A decision that has begun is waited for this much longer than the lock. */
    private static final Duration DECISION_LIMIT = Duration.ofSeconds(3);

    private final HazelcastMember member;
    private final List<LockLane> lanes = new ArrayList<>();

    public HazelcastTaskLocks(HazelcastSettings settings) {
        this.member = new HazelcastMember(settings);
        for (int i = 0; i < LANES; i++) {
            lanes.add(new LockLane("cp-lock-" + i));
        }
    }

    /** Begins to form or join the CP group. */
    public void start() {
        member.start();
    }

    /** Where the connections of the other arbiters come in. */
    public MemberDoor door() {
        return member::connect;
    }

    @Override
    public <T> Outcome<T> underLock(String task, Duration limit, Supplier<T> decision) {
        if (!member.status().ready()) {
            return new Outcome.Unavailable<>("the CP group is not ready");
        }
        var lane = lanes.get(Math.floorMod(task.hashCode(), LANES));
        var attempt = new Attempt<>(decision);
        if (!lane.offer(() -> attempt.run(lane, lockOf(task), limit))) {
            return new Outcome.Unavailable<>("the CP group answers too slowly");
        }
        return attempt.await(limit);
    }

    private Supplier<FencedLock> lockOf(String task) {
        return () -> {
            var lock = member.lock("task/" + task);
            if (lock == null) {
                throw new IllegalStateException("the CP group is not ready");
            }
            return lock;
        };
    }

    /** One try: either its decision is taken on the lane, or its caller gives up; never both. */
    private static final class Attempt<T> {
        private final Supplier<T> decision;
        private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        private boolean begun;
        private boolean givenUp;

        Attempt(Supplier<T> decision) {
            this.decision = decision;
        }

        void run(LockLane lane, Supplier<FencedLock> lock, Duration limit) {
            try {
                outcome.complete(lane.locked(lock, limit, () -> begin() ? decide() : abandoned()));
            } catch (RuntimeException e) {
                outcome.complete(new Outcome.Unavailable<>("the CP group failed: " + e));
            }
        }

        private Outcome<T> decide() {
            return new Outcome.Decided<>(decision.get());
        }

        private Outcome<T> abandoned() {
            return new Outcome.Unavailable<>("given up before the lock was had");
        }

        private synchronized boolean begin() {
            begun = !givenUp;
            return begun;
        }

        private synchronized boolean giveUp() {
            givenUp = !begun;
            return givenUp;
        }

        Outcome<T> await(Duration limit) {
            try {
                return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return giveUp() ? new Outcome.Unavailable<>("the CP lock was not had in " + limit) : awaitDecision();
            } catch (ExecutionException e) {
                return new Outcome.Unavailable<>("the decision failed: " + e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Unavailable<>("interrupted");
            }
        }

        private Outcome<T> awaitDecision() {
            try {
                return outcome.get(DECISION_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // The decision runs and may still write its claim: the caller must not decide a second time.
                return new Outcome.Busy<>();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Busy<>();
            }
        }
    }

    @Override
    public Status status() {
        return member.status();
    }

    @Override
    public void close() {
        lanes.forEach(LockLane::close);
        member.close();
    }
}
