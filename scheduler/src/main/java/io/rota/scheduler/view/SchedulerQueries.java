package io.rota.scheduler.view;

import java.util.List;
import java.util.Optional;

/**
 * The only window through which the outside looks at a running node. Every answer is an immutable snapshot; no call
 * blocks on the scheduler or on another node. Thread-safe.
 */
public interface SchedulerQueries {

    /** The cluster as this node sees it. */
    ClusterView cluster();

    /** Why this node takes no work now: it starts, joins, is drained or stops; empty while it does. */
    List<Notice> hindrances();

    /** All members it remembers, by name. */
    List<MemberView> members();

    /** The ring it computed from its latest view. */
    RingView ring();

    /** All tasks, by name. */
    List<TaskView> tasks();

    /** Runs in doubt, those that wait for a person first. */
    List<DoubtView> doubts();

    /** The latest runs of a task known here, newest first; empty for an unknown task. */
    List<RunView> runs(String task, int limit);

    /** Why the task is where it is; empty for an unknown task. */
    Optional<WhyView> why(String task);

    /** What would move if the node left; empty if it is not on the ring. */
    Optional<PlanView> planWithout(String node);

    /** What would move if this member took part; empty if it is unknown or on the ring already. */
    Optional<PlanView> planWith(String node);

    /** What would move if the node's weight (in thousandths, 1 to 100,000) became this; empty if it is not on the ring. */
    Optional<PlanView> planWeight(String node, int weightMilli);

    /** What would change if all nodes held this file; it is compared with the file of this node. */
    FilePlanView planFile(FileOutline file);

    /**
     * Calls {@code listener} soon after anything above may have changed, from an arbitrary thread; the listener must
     * return at once. While at least one listener is registered, the node also asks the others for their reports.
     *
     * @return closes the subscription
     */
    Subscription onChange(Runnable listener);

    /** Ends a subscription; idempotent. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
