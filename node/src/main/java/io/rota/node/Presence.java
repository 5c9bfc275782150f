package io.rota.node;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskFile;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node tells the others of itself, and when it takes part: at once where no other node does yet, else when the
 * view has been quiet for a while, so that a node that comes and goes moves nothing. Thread-safe.
 */
final class Presence {
    /** A node that finds nobody takes part alone after this long. */
    static final long ALONE_MILLIS = 2_500;
    /** A node that joins others takes its share once its view has not changed for this long. */
    static final long SETTLE_MILLIS = 2_000;
    /** However much the view changes: a member that flaps must not keep others out. */
    static final long PATIENCE_MILLIS = 10_000;

    private final String self;
    private final NodeNetwork network;
    private final Supplier<TaskFile> file;
    private final Timer timer;

    /** Does something once, after so long. */
    interface Timer {
        void after(long millis, Runnable work);
    }

    private Participation participation = Participation.JOINING;
    // Null until the node runs.
    private @Nullable Consumer<MemberMetadata> tellAll;
    private long viewVersion;
    private boolean lonely = true;
    private boolean joining;
    private boolean refused;

    Presence(String self, NodeNetwork network, Supplier<TaskFile> file, Timer timer) {
        this.self = self;
        this.network = network;
        this.file = file;
        this.timer = timer;
    }

    synchronized MemberMetadata metadata() {
        return network.metadata(participation, file.get());
    }

    /**
     * The node runs, and may take part from now on.
     *
     * @param view the view so far
     * @param expectsOthers true if there are seeds to be found first
     * @param tell takes every later change of what this node says of itself
     */
    synchronized void begin(MembershipView view, boolean expectsOthers, Consumer<MemberMetadata> tell) {
        tellAll = tell;
        timer.after(expectsOthers ? ALONE_MILLIS : 0, this::alone);
        onView(view);
    }

    /** Nobody has answered: this node begins alone, unless it was turned away, which means that there is a cluster. */
    private synchronized void alone() {
        if (!refused && participation == Participation.JOINING && lonely) {
            take(Participation.ACTIVE);
        }
    }

    synchronized void turnedAway() {
        refused = true;
    }

    synchronized void onView(MembershipView view) {
        viewVersion = view.version();
        lonely = view.live().size() < 2;
        if (participation != Participation.JOINING || tellAll == null || lonely) {
            return;
        }
        boolean othersActive = view.live().stream()
                .filter(member -> !member.name().equals(self))
                .anyMatch(member -> member.metadata().participation() == Participation.ACTIVE);
        if (othersActive) {
            long settling = viewVersion;
            timer.after(SETTLE_MILLIS, () -> join(settling));
            if (!joining) {
                joining = true;
                timer.after(PATIENCE_MILLIS, () -> join(viewVersion));
            }
        } else {
            take(Participation.ACTIVE);
        }
    }

    private synchronized void join(long settledVersion) {
        if (participation == Participation.JOINING && !lonely && settledVersion == viewVersion) {
            take(Participation.ACTIVE);
        }
    }

    /** The node stops: the others take over what runs here. */
    synchronized void leave() {
        if (participation == Participation.ACTIVE) {
            take(Participation.DRAINING);
        }
    }

    /** This node's task file is another one now. */
    synchronized void fileChanged() {
        take(participation);
    }

    private void take(Participation next) {
        participation = next;
        if (tellAll != null) {
            tellAll.accept(metadata());
        }
    }
}
