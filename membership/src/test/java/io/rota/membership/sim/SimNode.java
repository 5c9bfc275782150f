package io.rota.membership.sim;

import io.rota.membership.MembershipView;
import io.rota.membership.protocol.Effect;
import io.rota.membership.protocol.Event;
import io.rota.membership.protocol.Protocol;
import io.rota.membership.protocol.Start;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One simulated process: the production core, an inbox that can be held, timers that can be held. */
final class SimNode {

    final int index;
    final String name;
    final InetSocketAddress address;

    private final SimCluster cluster;
    private final Queue<Consumer<Protocol>> heldInbox = new ArrayDeque<>();
    private final Queue<Runnable> heldOutbox = new ArrayDeque<>();
    private final Queue<Effect> effects = new ArrayDeque<>();
    private @Nullable Protocol protocol;
    private @Nullable Stall stall;
    private @Nullable MembershipView view;
    private long bootId;
    private int generation;
    private long wakeAtNanos = Long.MAX_VALUE;
    private long clockOffsetNanos;
    private boolean hostUp = true;

    SimNode(SimCluster cluster, int index, String name, InetSocketAddress address) {
        this.cluster = cluster;
        this.index = index;
        this.name = name;
        this.address = address;
    }

    void start(Start start, SplittableRandom random) {
        generation++;
        bootId = start.bootId();
        hostUp = true;
        stall = null;
        wakeAtNanos = Long.MAX_VALUE;
        heldInbox.clear();
        heldOutbox.clear();
        effects.clear();
        protocol = new Protocol(start, random, effects::add, now());
        obey();
    }

    /** What this host's clock shows. */
    long now() {
        return cluster.time().nowNanos() + clockOffsetNanos;
    }

    /** Somebody sets this host's clock, back or forward. */
    void shiftClock(long byNanos) {
        clockOffsetNanos += byNanos;
        wakeAtNanos = Long.MAX_VALUE;
        input(protocol -> protocol.onTimer(now()));
    }

    boolean isRunning() {
        return protocol != null;
    }

    boolean isHostUp() {
        return hostUp;
    }

    boolean isStalled() {
        return stall != null;
    }

    long bootId() {
        return bootId;
    }

    /** Counts the starts, so that what was under way to an earlier process does not reach a later one. */
    int generation() {
        return generation;
    }

    Protocol protocol() {
        if (protocol == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return protocol;
    }

    /** The last published view. */
    MembershipView view() {
        if (view == null) {
            throw new IllegalStateException(name + " has published nothing");
        }
        return view;
    }

    void die(boolean withHost) {
        protocol = null;
        hostUp = !withHost;
        generation++;
    }

    /** An input from outside: now, or when the stall is over. */
    void input(Consumer<Protocol> input) {
        if (stall != null) {
            heldInbox.add(input);
        } else if (protocol != null) {
            input.accept(protocol);
            obey();
        }
    }

    void stall(Stall kind, long forNanos) {
        stall = kind;
        int stalledGeneration = generation;
        cluster.time().after(forNanos, () -> resume(stalledGeneration));
    }

    private void resume(int stalledGeneration) {
        if (generation != stalledGeneration || protocol == null) {
            return;
        }
        stall = null;
        heldOutbox.forEach(Runnable::run);
        heldOutbox.clear();
        Consumer<Protocol> held = heldInbox.poll();
        while (held != null) {
            held.accept(protocol);
            obey();
            held = heldInbox.poll();
        }
        wake();
    }

    private void wake() {
        wakeAtNanos = Long.MAX_VALUE;
        if (protocol == null || stall == Stall.FROZEN) {
            return;
        }
        if (protocol.nextTimerNanos() <= now()) {
            protocol.onTimer(now());
        }
        obey();
    }

    private void obey() {
        Effect effect = effects.poll();
        while (effect != null) {
            obey(effect);
            effect = effects.poll();
        }
        armTimer();
        cluster.onStep(this);
    }

    private void obey(Effect effect) {
        if (effect instanceof Effect.Report report) {
            if (report.event() instanceof Event.Published published) {
                view = published.view();
            }
            cluster.onEvent(this, report.event());
        } else if (stall == Stall.BLOCKED) {
            heldOutbox.add(() -> cluster.network().obey(this, effect));
        } else {
            cluster.network().obey(this, effect);
        }
    }

    private void armTimer() {
        if (protocol == null) {
            return;
        }
        long due = protocol.nextTimerNanos();
        long next = due == Long.MAX_VALUE ? due : due - clockOffsetNanos;
        if (next < wakeAtNanos) {
            wakeAtNanos = next;
            int armedGeneration = generation;
            cluster.time().at(next, () -> {
                if (generation == armedGeneration && wakeAtNanos == next) {
                    wake();
                }
            });
        }
    }
}
