package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Dials seeds for ever: often while this node is alone, rarely once it has company, and then only those that no live member answers for. Confined
 * to the protocol thread. Hosts are resolved anew at each dial, so two islands find each other as long as one address still leads to the other.
 */
final class Joiner {

    private static final int BURST_ALONE = 5;
    private static final int GREETED_LIMIT = 256;
    private static final long GREETING_NANOS = 20_000_000L;
    private static final long SILENT_NANOS = 5_000_000_000L;
    private static final long WARN_AGAIN_NANOS = 60_000_000_000L;

    private final Parts parts;
    private final List<SeedState> seeds = new ArrayList<>();
    private final Timers.Timer tick;
    private long pauseNanos;
    private int next;
    private boolean joined;
    private boolean greeted;

    Joiner(Parts parts, List<Seed> seeds) {
        this.parts = parts;
        this.tick = parts.timers.timer(this::tick);
        for (Seed seed : seeds) {
            if (!isPlainlyThisNode(seed)) {
                this.seeds.add(new SeedState(seed));
            }
        }
        this.pauseNanos = parts.settings.returning().seedRetry().toNanos();
    }

    void begin() {
        next = seeds.isEmpty() ? 0 : parts.random.nextInt(seeds.size());
        tick();
    }

    /** Called with each change of the table. */
    void onMemberChange() {
        if (!joined && parts.roster.liveCount() > 1) {
            joined = true;
            parts.report(new Event.Joined(parts.roster.liveCount()));
        }
    }

    /**
     * A whole table was read. After the first one this node greets everybody in it, once and directly, the dead too: after a restart of many at once,
     * tables are young and wrong, and who holds our former self for dead must not wait for gossip. Large clusters are left to gossip.
     */
    void onTable() {
        if (!greeted && parts.roster.liveCount() > 1) {
            greeted = true;
            parts.timers.after(GREETING_NANOS, this::greet);
        }
    }

    private void greet() {
        List<Peer> all = parts.roster.all();
        for (Peer peer : all.subList(0, Math.min(all.size(), GREETED_LIMIT))) {
            if (peer.state() != MemberState.LEFT && peer != parts.self.peer() && parts.self.isPresent()) {
                parts.outbox.send(peer.address(), new Message.Gossip(), List.of(parts.self.rumor()));
            }
        }
    }

    private boolean isAlone() {
        return parts.roster.liveCount() < 2;
    }

    private void tick() {
        if (!parts.self.isPresent()) {
            return;
        }
        ProtocolSettings.Returning returning = parts.settings.returning();
        int budget = isAlone() ? BURST_ALONE : 1;
        for (int i = 0; i < seeds.size() && budget > 0; i++) {
            SeedState seed = seeds.get(next);
            next = (next + 1) % seeds.size();
            if (!seed.isThisNode && !seed.inFlight && !isLive(seed)) {
                dial(seed);
                budget--;
            }
        }
        long limit = returning.seedRetryLimit().toNanos();
        pauseNanos = isAlone() ? Math.min(limit, pauseNanos * 3 / 2) : limit;
        long jitter = parts.random.nextLong(Math.max(1, pauseNanos / 4));
        tick.set(isAlone() ? pauseNanos * 2 / 3 + jitter : pauseNanos - jitter);
    }

    /** By name and address; a namesake at another address is dialled, and so found out. */
    private boolean isPlainlyThisNode(Seed seed) {
        InetSocketAddress own = parts.self.address();
        return seed.name().equals(parts.self.name())
                && seed.port() == own.getPort()
                && (seed.host().equals(own.getHostString())
                        || seed.host().equals(own.getAddress().getHostAddress()));
    }

    private boolean isLive(SeedState seed) {
        if (seed.seed.name().equals(parts.self.name())) {
            return false;
        }
        Peer peer = parts.roster.find(seed.answeredBy.isEmpty() ? seed.seed.name() : seed.answeredBy);
        return peer != null && peer.isLive();
    }

    private void dial(SeedState seed) {
        seed.inFlight = true;
        parts.dials.dialSeed(seed.seed, parts.antiEntropy.request(isAlone()), new SeedDial(seed));
    }

    private void failed(SeedState seed, DialOutcome outcome) {
        boolean first = !seed.failing;
        if (first) {
            seed.failing = true;
            seed.failingSinceNanos = parts.now();
        }
        seed.outcome = outcome;
        boolean turnedDown = outcome.isRefusal();
        if (first) {
            parts.timers.after(turnedDown ? 0 : SILENT_NANOS, () -> warn(seed));
        }
    }

    private void warn(SeedState seed) {
        if (seed.failing && !isLive(seed) && parts.self.isPresent()) {
            long silentSeconds = (parts.now() - seed.failingSinceNanos) / 1_000_000_000L;
            parts.report(new Event.SeedSilent(seed.seed, seed.outcome, silentSeconds));
            parts.timers.after(WARN_AGAIN_NANOS, () -> warn(seed));
        } else {
            seed.failing = false;
        }
    }

    private final class SeedDial implements Dials.Waiting {
        private final SeedState seed;
        private final Dials.Waiting exchange = parts.antiEntropy.exchange();

        private SeedDial(SeedState seed) {
            this.seed = seed;
        }

        @Override
        public void reply(Packet packet) {
            seed.failing = false;
            if (packet.bootId() == parts.self.bootId()) {
                seed.isThisNode = true;
                return;
            }
            seed.answeredBy = packet.sender();
            exchange.reply(packet);
        }

        @Override
        public void ended(DialOutcome outcome) {
            seed.inFlight = false;
            if (outcome != DialOutcome.ANSWERED) {
                failed(seed, outcome);
            }
        }
    }

    private static final class SeedState {
        private final Seed seed;
        private String answeredBy = "";
        private boolean isThisNode;
        private boolean inFlight;
        private boolean failing;
        private long failingSinceNanos;
        private DialOutcome outcome = DialOutcome.TIMED_OUT;

        private SeedState(Seed seed) {
            this.seed = seed;
        }
    }
}
