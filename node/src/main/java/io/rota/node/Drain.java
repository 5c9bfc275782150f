package io.rota.node;

import io.rota.scheduler.run.DrainOrders;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains this node and has it take part again: on disk first, then told to the others. Thread-safe. */
final class Drain implements DrainOrders.Switch {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final DrainMark mark;
    private final Presence presence;
    private boolean draining;

    /** @param draining true if it has started drained */
    Drain(DrainMark mark, Presence presence, boolean draining) {
        this.mark = mark;
        this.presence = presence;
        this.draining = draining;
    }

    @Override
    public synchronized boolean isDraining() {
        return draining;
    }

    @Override
    public synchronized Optional<String> drain(boolean on) {
        if (on == draining) {
            return Optional.empty();
        }
        try {
            if (on) {
                mark.set(Instant.now());
            } else {
                mark.clear();
            }
        } catch (IOException e) {
            LOG.error("nothing is changed: the disk did not take it cause=\"{}\"", e.toString());
            return Optional.of("nothing is changed, since the disk would not remember it: " + e);
        }
        draining = on;
        LOG.info(on ? "told to drain: this node gives its tasks away" : "told to take part again");
        if (on) {
            presence.drain();
        } else {
            presence.undrain();
        }
        return Optional.empty();
    }
}
