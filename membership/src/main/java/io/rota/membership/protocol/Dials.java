package io.rota.membership.protocol;

import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The dials under way, and who waits for each. Confined to the protocol thread; at most {@link #LIMIT}, one more is not made. */
final class Dials {

    static final int LIMIT = 64;

    private static final long LOST_NANOS = 15_000_000_000L;

    private final Parts parts;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private long nextId;

    Dials(Parts parts) {
        this.parts = parts;
    }

    void dial(InetSocketAddress to, Message request, Waiting whoWaits) {
        if (waiting.size() < LIMIT) {
            parts.outbox.dial(register(whoWaits), to, request);
        } else {
            whoWaits.ended(DialOutcome.TIMED_OUT);
        }
    }

    void dialSeed(Seed seed, Message request, Waiting whoWaits) {
        if (waiting.size() < LIMIT) {
            parts.outbox.dialSeed(register(whoWaits), seed, request);
        } else {
            whoWaits.ended(DialOutcome.TIMED_OUT);
        }
    }

    void onReply(long dialId, Packet reply) {
        Waiting who = waiting.get(dialId);
        if (who != null) {
            who.reply(reply);
        }
    }

    void onEnd(long dialId, DialOutcome outcome) {
        Waiting who = waiting.remove(dialId);
        if (who != null) {
            who.ended(outcome);
        }
    }

    /** A dial that the shell lost track of ends here, so that the bound above cannot fill up for good. */
    private long register(Waiting whoWaits) {
        long id = nextId++;
        waiting.put(id, whoWaits);
        parts.timers.after(LOST_NANOS, () -> onEnd(id, DialOutcome.TIMED_OUT));
        return id;
    }

    /** Who dialled. */
    interface Waiting {

        /** An authenticated, fresh packet came back. */
        void reply(Packet packet);

        /** Called once, last. */
        void ended(DialOutcome outcome);
    }
}
