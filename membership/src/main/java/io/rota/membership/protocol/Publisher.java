package io.rota.membership.protocol;

import io.rota.membership.MembershipView;
import io.rota.membership.ProtocolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes into views (after Rapid's insight that consumers should see one cut, not single events). Confined to the protocol thread. A
 * view goes out after a quiet time without change, at the latest a limit after the first change; a proof of death skips both.
 */
final class Publisher {

    private final Parts parts;
    private long version;
    private long firstChangeNanos;
    private long calmAtNanos = Long.MIN_VALUE;
    private Timers.@Nullable Timer due;
    private @Nullable MembershipView last;

    Publisher(Parts parts) {
        this.parts = parts;
    }

    /** The first view, of this node alone, goes out at once. */
    void begin() {
        due = parts.timers.after(0, this::publish);
    }

    void changed() {
        ProtocolSettings.Publishing publishing = parts.settings.publishing();
        long now = parts.now();
        if (due == null) {
            firstChangeNanos = now;
        } else {
            due.cancel();
        }
        long atLatest = firstChangeNanos + publishing.limit().toNanos();
        long delay = Math.min(publishing.quiet().toNanos(), atLatest - now);
        due = parts.timers.after(delay, this::publish);
    }

    /** The change that was just made must not wait, unless such a one has just gone out: those who die together are one view. */
    void changedUrgently() {
        if (parts.now() < calmAtNanos) {
            changed();
            return;
        }
        calmAtNanos = parts.now() + parts.settings.publishing().limit().toNanos();
        if (due == null) {
            firstChangeNanos = parts.now();
        } else {
            due.cancel();
        }
        due = parts.timers.after(0, this::publish);
    }

    private void publish() {
        due = null;
        long hash = parts.roster.digest();
        if (last != null && last.hash() == hash) {
            return;
        }
        last = new MembershipView(++version, hash, parts.roster.members());
        parts.report(new Event.Published(last));
    }
}
