package io.rota.scheduler.peer;

import io.rota.scheduler.arbitration.ArbiterList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest list of arbiters that this node has heard of, and the way to them: each request carries the number of the list
 * it is made under. Whoever serves a later one answers with that, which is known here from then on; whoever serves an
 * earlier one is told. Thread-safe.
 */
public final class KnownArbiters {
    private static final Duration TELL_LIMIT = Duration.ofSeconds(1);

    private final String self;
    private final PeerCalls peers;
    private final List<Consumer<ArbiterList>> listeners = new CopyOnWriteArrayList<>();
    private volatile ArbiterList list;

    /** @param start what is known at first, be it by the config file alone */
    public KnownArbiters(String self, ArbiterList start, PeerCalls peers) {
        this.self = self;
        this.list = start;
        this.peers = peers;
    }

    public ArbiterList list() {
        return list;
    }

    /** Whoever is told of each later list, once, in order; must return at once. */
    public void onNew(Consumer<ArbiterList> listener) {
        listeners.add(listener);
    }

    /** Somebody has told of a list that was decided. */
    public synchronized void learn(ArbiterList told) {
        if (told.epoch() > list.epoch()) {
            list = told;
            listeners.forEach(listener -> listener.accept(told));
        }
    }

    /**
     * Asks an arbiter under this list.
     *
     * @param onAnswer as in {@link PeerCalls#ask}; a later list comes as {@link PeerAnswer.LaterList}, already learned
     */
    public void ask(
            ArbiterList under,
            String arbiter,
            PeerRequest.ToArbiter request,
            Duration limit,
            Consumer<Optional<PeerAnswer>> onAnswer) {
        peers.ask(arbiter, new PeerRequest.Numbered(under.epoch(), request), limit, answer -> {
            if (answer.isPresent() && answer.get() instanceof PeerAnswer.LaterList later) {
                learn(later.list());
                if (later.list().epoch() < under.epoch()) {
                    exchange(arbiter);
                }
            }
            onAnswer.accept(answer);
        });
    }

    /** Tells a member of the list that is known here, and learns of its own. */
    public void exchange(String member) {
        peers.ask(member, new PeerRequest.ExchangeLists(self, list), TELL_LIMIT, answer -> {
            if (answer.isPresent() && answer.get() instanceof PeerAnswer.LaterList told) {
                learn(told.list());
            }
        });
    }
}
