package io.rota.node;

import io.rota.membership.MemberMetadata;
import io.rota.membership.Membership;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.loop.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node tells the others of itself, and when it takes part: at once where no other node does yet, else when the
 * view has been quiet for a while, so that a node that comes and goes moves nothing. Thread-safe.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    /** A node that finds nobody takes part alone after this long. */
    private static final long ALONE_MILLIS = 2_500;
    /** A node that joins others takes its share once its view has not changed for this long. */
    private static final long SETTLE_MILLIS = 2_000;

    private final String self;
    private final NodeNetwork network;
    private final Supplier<TaskFile> file;
    private final Ticker timer;

    private Participation participation = Participation.JOINING;
    private @Nullable Membership gossip;
    private long viewVersion;
    private boolean lonely = true;
    private boolean refused;

    Presence(String self, NodeNetwork network, Supplier<TaskFile> file, Ticker timer) {
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
     * @param expectsOthers true if there are seeds to be found first
     */
    synchronized void begin(Membership membership, boolean expectsOthers) {
        gossip = membership;
        timer.after(expectsOthers ? ALONE_MILLIS : 0, this::alone);
        onView(membership.view());
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
        if (participation != Participation.JOINING
                || gossip == null
                || view.live().size() < 2) {
            return;
        }
        boolean othersActive = view.live().stream()
                .filter(member -> !member.name().equals(self))
                .anyMatch(member -> member.metadata().participation() == Participation.ACTIVE);
        if (othersActive) {
            long settling = viewVersion;
            timer.after(SETTLE_MILLIS, () -> settled(settling));
        } else {
            take(Participation.ACTIVE);
        }
    }

    private synchronized void settled(long version) {
        if (participation == Participation.JOINING && version == viewVersion) {
            take(Participation.ACTIVE);
        }
    }

    /** Gives away what runs here, or takes part again; known to all nodes, forgotten at the next start. */
    synchronized void drain(boolean away) {
        var next = away ? Participation.DRAINING : Participation.ACTIVE;
        if (participation != Participation.JOINING && participation != next) {
            LOG.info(away ? "draining: the others take over what runs here" : "taking part again");
            take(next);
        }
    }

    /** This node's task file is another one now. */
    synchronized void fileChanged() {
        take(participation);
    }

    private void take(Participation next) {
        participation = next;
        if (gossip != null) {
            gossip.updateMetadata(metadata());
        }
    }
}
