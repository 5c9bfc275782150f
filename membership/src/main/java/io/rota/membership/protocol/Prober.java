package io.rota.membership.protocol;

import io.rota.membership.ProtocolSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whom to probe, one per interval. Confined to the protocol thread. SWIM draws a random order at each member, so that a given member goes
 * unprobed in a period with chance 1/e, and in the tail for many periods. Here all members walk one order, which depends on names only, and
 * share the number of the round: the member at place i probes place i + 1 + (round mod (N - 1)). So each member is probed once per round, by
 * another one each time, and a crash meets its first probe within two intervals. Where views differ, this degrades to SWIM's random cover.
 */
final class Prober {

    private static final int SPARE_LIMIT = 8;
    private static final int ALARM_PROBES = 3;
    private static final long ALARM_PAUSE_NANOS = 1_000_000_000L;
    private static final long ALARM_SPREAD_NANOS = 30_000_000L;

    private final Parts parts;
    private final List<String> shuffled = new ArrayList<>();
    private final Timers.Timer tick;
    private final ArrayDeque<Probe> spare = new ArrayDeque<>();
    private long round;
    private long longStalls;
    private long nextAlarmNanos = Long.MIN_VALUE;

    Prober(Parts parts) {
        this.parts = parts;
        this.tick = parts.timers.timer(this::tick);
    }

    void begin() {
        ProtocolSettings.Probing probing = parts.settings.probing();
        tick.set(parts.random.nextLong(probing.interval().toNanos()));
    }

    long round() {
        return round;
    }

    /** Keeps within one round of the furthest, so that the fastest clock sets the pace and nobody runs away. */
    void onRound(long seen) {
        round = Math.max(round, seen - 1);
    }

    /** How many long stalls this process has been through. */
    long longStalls() {
        return longStalls;
    }

    void onLongStall() {
        longStalls++;
    }

    /**
     * A proven death is rarely alone: a whole rack, a whole deployment. Every member probes its next few targets at once, so that those who died
     * together are found together.
     */
    void alarm() {
        if (parts.now() >= nextAlarmNanos) {
            nextAlarmNanos = parts.now() + ALARM_PAUSE_NANOS;
            parts.timers.after(parts.random.nextLong(ALARM_SPREAD_NANOS), this::probeAhead);
        }
    }

    /** A probe on suspicion; it leaves the local health alone. */
    void witness(Peer target) {
        probe().begin(target, false);
    }

    /** Most probes end with the first answer, and serve again. */
    void takeBack(Probe probe) {
        if (spare.size() < SPARE_LIMIT) {
            spare.push(probe);
        }
    }

    private Probe probe() {
        Probe probe = spare.poll();
        return probe == null ? new Probe(parts) : probe;
    }

    private void probeAhead() {
        int ahead = Math.min(ALARM_PROBES, parts.roster.liveCount() - 1);
        for (int i = 1; i <= ahead && parts.self.isPresent(); i++) {
            witness(inWholeRounds(round + i));
        }
    }

    private void tick() {
        long interval = parts.settings.probing().interval().toNanos();
        tick.set(parts.health.scale(interval));
        round++;
        if (parts.self.isPresent() && parts.roster.liveCount() > 1) {
            Peer target = parts.settings.probing().wholeRounds() ? inWholeRounds(round) : inRandomOrder();
            if (target != null) {
                probe().begin(target, true);
            }
        }
    }

    private Peer inWholeRounds(long ofRound) {
        List<Peer> ring = parts.roster.live();
        int step = 1 + (int) Math.floorMod(ofRound, (long) ring.size() - 1);
        int place = parts.roster.indexOf(parts.self.peer()) + step;
        return ring.get(place % ring.size());
    }

    private @Nullable Peer inRandomOrder() {
        for (int tries = 0; tries < 2; tries++) {
            while (!shuffled.isEmpty()) {
                Peer next = parts.roster.find(shuffled.remove(shuffled.size() - 1));
                if (next != null && next.isLive()) {
                    return next;
                }
            }
            reshuffle();
        }
        return null;
    }

    private void reshuffle() {
        for (Peer peer : parts.roster.live()) {
            if (!peer.name().equals(parts.self.name())) {
                shuffled.add(peer.name());
            }
        }
        for (int i = shuffled.size(); i > 1; i--) {
            Collections.swap(shuffled, i - 1, parts.random.nextInt(i));
        }
    }
}
