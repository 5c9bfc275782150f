package io.rota.node;

import io.rota.membership.Participation;
import io.rota.scheduler.view.Notice;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether this node takes work now, and if not, why. Thread-safe. */
final class Readiness {
    private final Supplier<Participation> participation;
    private volatile BooleanSupplier votes = () -> false;
    private volatile boolean started;
    private volatile boolean hasVoted;
    private volatile boolean stopping;

    Readiness(Supplier<Participation> participation) {
        this.participation = participation;
    }

    /** @param votesNow true if this node is no arbiter, or the majority counts its book */
    void started(BooleanSupplier votesNow) {
        votes = votesNow;
        started = true;
    }

    void stopping() {
        stopping = true;
    }

    /** Why it takes no work; empty while it does. */
    List<Notice> hindrances() {
        if (stopping) {
            return because("stopping", "The node stops: it hands its tasks over and leaves.");
        }
        if (!started) {
            return because("starting", "The node is starting.");
        }
        return switch (participation.get()) {
            case JOINING -> because("joining", "The node joins: it takes its share once its view is settled.");
            case DRAINING -> because("draining", "The node is drained: it takes no tasks until it is undrained.");
            case ACTIVE -> hasBook() ? List.of() : because("starting", "The book of this arbiter does not vote yet.");
        };
    }

    /** Once it has voted it has started; that it does not later is about the cluster, not about this node. */
    private boolean hasBook() {
        hasVoted = hasVoted || votes.getAsBoolean();
        return hasVoted;
    }

    private static List<Notice> because(String code, String text) {
        return List.of(new Notice(Notice.Severity.INFO, code, text));
    }
}
