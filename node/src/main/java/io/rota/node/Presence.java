package io.rota.node;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskFile;
import java.util.List;
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

    private Participation participation;
    /** What the others were told last, or are told by the node's first word. */
    private Participation announced;
    // Null until the node runs.
    private @Nullable Consumer<MemberMetadata> tellAll;
    private MembershipView view = new MembershipView(0, 0, List.of());
    private long aloneMillis;
    private boolean lonely = true;
    private boolean joining;
    private boolean refused;
    private boolean leaving;

    /** @param drained true for a node that starts drained */
    Presence(String self, NodeNetwork network, Supplier<TaskFile> file, Timer timer, boolean drained) {
        this.participation = drained ? Participation.DRAINING : Participation.JOINING;
        this.announced = participation;
        this.self = self;
        this.network = network;
        this.file = file;
        this.timer = timer;
    }

    synchronized MemberMetadata metadata() {
        announced = participation;
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
        if (announced != participation) {
            // It was drained while it was starting.
            take(participation);
        }
        aloneMillis = expectsOthers ? ALONE_MILLIS : 0;
        enter(view);
    }

    /** Takes part, alone or among others, when it is time for it. */
    private void enter(MembershipView latest) {
        joining = false;
        timer.after(aloneMillis, this::alone);
        onView(latest);
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

    synchronized void onView(MembershipView latest) {
        view = latest;
        lonely = view.live().size() < 2;
        if (participation != Participation.JOINING || tellAll == null || lonely) {
            return;
        }
        boolean othersActive = view.live().stream()
                .filter(member -> !member.name().equals(self))
                .anyMatch(member -> member.metadata().participation() == Participation.ACTIVE);
        if (othersActive) {
            long settling = view.version();
            timer.after(SETTLE_MILLIS, () -> join(settling));
            if (!joining) {
                joining = true;
                timer.after(PATIENCE_MILLIS, () -> join(version()));
            }
        } else {
            take(Participation.ACTIVE);
        }
    }

    private synchronized long version() {
        return view.version();
    }

    private synchronized void join(long settledVersion) {
        if (participation == Participation.JOINING && !lonely && settledVersion == view.version()) {
            take(Participation.ACTIVE);
        }
    }

    /** The node stops: the others take over what runs here. */
    synchronized void leave() {
        leaving = true;
        if (participation == Participation.ACTIVE) {
            take(Participation.DRAINING);
        }
    }

    /** The others take over what runs here, and the node stays a member. */
    synchronized void drain() {
        if (participation != Participation.DRAINING) {
            take(Participation.DRAINING);
        }
    }

    /** The node joins anew, as one that has just come; one that stops does not. */
    synchronized void undrain() {
        if (participation == Participation.DRAINING && !leaving) {
            take(Participation.JOINING);
            enter(view);
        }
    }

    synchronized Participation participation() {
        return participation;
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
