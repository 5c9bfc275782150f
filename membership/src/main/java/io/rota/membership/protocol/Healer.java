package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the lost again (ringpop's heal; memberlist forgets the dead after 30 s and so never heals). Confined to the protocol thread. The dead, not those
 * who left, are dialled at about one per second in the whole cluster for as long as they are remembered, and in their first half minute twice a second each
 * by two guardians; one that answers refutes its death, and
 * the two tables are then compared.
 */
final class Healer {

    private static final int TICKS_PER_SECOND = 2;
    private static final long TICK_NANOS = 1_000_000_000L / TICKS_PER_SECOND;
    private static final int TICKS_PER_SWEEP = 60 * TICKS_PER_SECOND;
    private static final long YOUNG_NANOS = 30_000_000_000L;
    private static final int GUARDIANS = 2;
    private static final int AT_ONCE = 16;

    private final Parts parts;
    private final Set<String> asking = new HashSet<>();
    private final Timers.Timer tick;
    private int ticks;

    Healer(Parts parts) {
        this.parts = parts;
        this.tick = parts.timers.timer(this::tick);
    }

    void begin() {
        tick.set(TICK_NANOS);
    }

    /** Somebody holds that member for alive: ask it, and tell it what we believe. */
    void contest(Peer dead) {
        if (asking.size() < AT_ONCE && asking.add(dead.name())) {
            parts.pinger.ask(
                    dead,
                    parts.settings.probing().timeout().toNanos(),
                    () -> answered(dead.name()),
                    () -> asking.remove(dead.name()));
        }
    }

    private void answered(String name) {
        asking.remove(name);
        parts.antiEntropy.wanted(name);
    }

    private void tick() {
        tick.set(TICK_NANOS);
        if (!parts.self.isPresent()) {
            return;
        }
        List<Peer> dead = parts.roster.dead();
        if (!dead.isEmpty()) {
            lookAfter(List.copyOf(dead));
        }
        if (++ticks % TICKS_PER_SWEEP == 0) {
            forgetOld();
        }
    }

    private void lookAfter(List<Peer> dead) {
        if (parts.random.nextInt(TICKS_PER_SECOND * parts.roster.liveCount()) == 0) {
            contest(dead.get(parts.random.nextInt(dead.size())));
        }
        for (Peer peer : dead) {
            if (parts.now() - peer.sinceNanos() < YOUNG_NANOS && isGuardianOf(peer)) {
                contest(peer);
            }
        }
    }

    /** The few live members that follow the dead one in the probe order: they look after it while it may be restarting. */
    private boolean isGuardianOf(Peer dead) {
        int size = parts.roster.liveCount();
        int place = -parts.roster.indexOf(dead) - 1;
        int distance = Math.floorMod(parts.roster.indexOf(parts.self.peer()) - place, size);
        return distance < GUARDIANS;
    }

    private void forgetOld() {
        if (parts.roster.liveCount() == parts.roster.size()) {
            return;
        }
        long limit = parts.settings.returning().rememberDead().toNanos();
        boolean forgot = false;
        for (Peer peer : parts.roster.all()) {
            boolean gone = peer.state() == MemberState.DEAD || peer.state() == MemberState.LEFT;
            if (gone && peer != parts.self.peer() && parts.now() - peer.sinceNanos() >= limit) {
                parts.roster.remove(peer);
                forgot = true;
            }
        }
        if (forgot) {
            parts.publisher.changed();
        }
    }
}
