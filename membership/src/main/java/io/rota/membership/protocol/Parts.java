package io.rota.membership.protocol;

import io.rota.membership.ProtocolSettings;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The parts of one protocol instance and how they know each other: each part holds this and asks it for its neighbours. Confined to the
 * protocol thread. Built in one go; nothing is swapped afterwards.
 */
final class Parts {

    final ProtocolSettings settings;
    final RandomGenerator random;
    final Spares spares = new Spares();
    final AwakeClock clock;
    final Timers timers;
    final Roster roster = new Roster();
    final RumorQueue rumors = new RumorQueue();
    final LocalHealth health;
    final Outbox outbox;
    final Dials dials;
    final Publisher publisher;
    final Self self;
    final Isolation isolation;
    final Damping damping;
    final Suspicions suspicions;
    final Beliefs beliefs;
    final Gossip gossip;
    final Echo echo;
    final Pinger pinger;
    final Prober prober;
    final Relay relay;
    final Witness witness;
    final DeathProof proof;
    final AntiEntropy antiEntropy;
    final Admission admission;
    final NameDispute dispute;
    final Joiner joiner;
    final Healer healer;
    final Departure departure;

    Parts(Start start, RandomGenerator random, Consumer<Effect> sink, long nowNanos) {
        this.settings = start.settings();
        this.random = random;
        this.clock = new AwakeClock(settings.suspecting().pauseGate(), nowNanos);
        this.timers = new Timers(nowNanos);
        this.health = new LocalHealth(settings.probing().healthLimit());
        this.outbox = new Outbox(this, start, sink);
        this.dials = new Dials(this);
        this.publisher = new Publisher(this);
        this.self = new Self(this, start);
        this.isolation = new Isolation(this);
        this.damping = new Damping(this);
        this.suspicions = new Suspicions(this);
        this.beliefs = new Beliefs(this);
        this.gossip = new Gossip(this);
        this.echo = new Echo(this);
        this.pinger = new Pinger(this);
        this.prober = new Prober(this);
        this.relay = new Relay(this);
        this.witness = new Witness(this);
        this.proof = new DeathProof(this);
        this.antiEntropy = new AntiEntropy(this);
        this.admission = new Admission(this);
        this.dispute = new NameDispute(this);
        this.joiner = new Joiner(this, start.seeds());
        this.healer = new Healer(this);
        this.departure = new Departure(this);
    }

    /** Awake time of the input at hand. */
    long now() {
        return timers.now();
    }

    void report(Event event) {
        outbox.report(event);
    }
}
