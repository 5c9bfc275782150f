package io.rota.torture.check;

import io.rota.torture.history.History;
import java.util.List;

/** A promise, judged over a history. Pure. */
public interface Check {
    /** Judges it. */
    Verdict examine(History history);

    /** Those of a run in which nothing was wrong at any time. */
    static List<Check> ofCalm() {
        return List.of(
                new ExclusiveCheck(),
                new TokenCheck(),
                new RingCheck(),
                new SettleCheck(),
                new OrphanCheck(),
                new EndCheck(),
                new LogCheck(),
                new WitnessCheck());
    }

    /** All checks. */
    static List<Check> all() {
        return List.of(
                new ExclusiveCheck(),
                new TokenCheck(),
                new RingCheck(),
                new SettleCheck(),
                new LockCheck(),
                new AvailabilityCheck(),
                new OrphanCheck(),
                new EndCheck(),
                new LogCheck(),
                new WitnessCheck());
    }
}
