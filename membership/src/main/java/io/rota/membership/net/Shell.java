package io.rota.membership.net;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import io.rota.membership.protocol.DialOutcome;
import io.rota.membership.protocol.DropKind;
import io.rota.membership.protocol.Effect;
import io.rota.membership.protocol.Event;
import io.rota.membership.protocol.Packet;
import io.rota.membership.protocol.Protocol;
import io.rota.membership.protocol.Start;
import io.rota.membership.protocol.WireVersions;
import io.rota.membership.wire.SealedPackets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands what the sockets bring to the core, and does what the core wants. Confined to the protocol thread, but for the few thread-safe readers. */
final class Shell implements Streams.Receiver {

    private final Counters counters = new Counters();
    private final CountDownLatch left = new CountDownLatch(1);
    private final Consumer<Consumer<Protocol>> commands;
    private final ViewHandOff handOff;
    private final SealedPackets seal;
    private final EventLog log;
    private final Datagrams datagrams;
    private final Streams streams;
    private final Resolver resolver;
    private final InetSocketAddress toSelf;
    private final Queue<Effect> effects = new ArrayDeque<>();
    private final Start start;
    private final Protocol protocol;
    private final KeyRotation keys;
    private long lastNanos = Long.MIN_VALUE;
    private volatile boolean acknowledged;
    private volatile MembershipView view = new MembershipView(0, 0, List.of());

    Shell(Wiring wiring, MembershipListener listener) {
        MembershipConfig config = wiring.config;
        SecureRandom random = new SecureRandom();
        this.commands = wiring.commands;
        this.handOff = new ViewHandOff(config.nodeName(), listener, counters);
        this.seal = new SealedPackets(config.keys(), config.clusterName());
        this.log = new EventLog(config.nodeName(), counters);
        this.datagrams = new Datagrams(wiring.ports.datagrams(), counters, log);
        this.streams = new Streams(wiring.ports.streams(), wiring.selector, this, counters);
        this.resolver = new Resolver(config.nodeName());
        this.toSelf = toSelf(config.bind().getAddress(), wiring.ports.port());
        InetSocketAddress advertise = config.advertise().getPort() == 0
                ? new InetSocketAddress(config.advertise().getAddress(), wiring.ports.port())
                : config.advertise();
        this.start = new Start(
                config.nodeName(),
                random.nextLong(),
                advertise,
                wiring.metadata,
                config.seeds(),
                config.settings(),
                WireVersions.OURS,
                config.keys().ids());
        this.protocol = new Protocol(start, new SplittableRandom(random.nextLong()), effects::add, System.nanoTime());
        this.keys = new KeyRotation(config.keys(), seal, protocol);
    }

    void begin() {
        handOff.begin();
        onTime(System.nanoTime());
    }

    Protocol protocol() {
        return protocol;
    }

    MembershipView view() {
        return view;
    }

    long bootId() {
        return start.bootId();
    }

    Map<String, Long> counters() {
        return counters.snapshot();
    }

    KeyRotation keys() {
        return keys;
    }

    boolean hasStreams() {
        return !streams.isIdle();
    }

    void drain() {
        datagrams.drain(this::datagram);
    }

    void accept() {
        streams.acceptAll();
    }

    /** Timers last, after the inbox; then everything that the core wanted. */
    void onTime(long nowNanos) {
        streams.expire(nowNanos);
        if (protocol.nextTimerNanos() <= nowNanos || nowNanos < lastNanos) {
            drain();
            protocol.onTimer(nowNanos);
        }
        lastNanos = nowNanos;
        obey();
    }

    boolean awaitLeft(long limitNanos) {
        try {
            return left.await(limitNanos, TimeUnit.NANOSECONDS) && acknowledged;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        streams.close();
        resolver.close();
        handOff.close();
    }

    @Override
    public boolean request(long streamId, InetSocketAddress from, byte[] sealed) {
        Packet packet = open(from, sealed);
        if (packet != null) {
            protocol.onStream(System.nanoTime(), streamId, from, packet);
        }
        obey();
        return packet != null;
    }

    @Override
    public boolean reply(long dialId, byte[] sealed) {
        Packet packet = seal.packetIn(sealed);
        if (packet != null) {
            protocol.onReply(System.nanoTime(), dialId, packet);
            return true;
        }
        counters.count("dropped.unreadable_reply");
        return false;
    }

    @Override
    public void ended(long dialId, DialOutcome outcome) {
        counters.count("dials." + outcome.name().toLowerCase(Locale.ROOT));
        protocol.onDialEnd(System.nanoTime(), dialId, outcome);
    }

    private void datagram(InetSocketAddress from, byte[] sealed) {
        Packet packet = open(from, sealed);
        if (packet != null) {
            protocol.onDatagram(System.nanoTime(), from, packet);
            seal.giveBack(packet);
        }
        obey();
    }

    private @Nullable Packet open(InetSocketAddress from, byte[] sealed) {
        Packet packet = seal.packetIn(sealed);
        if (packet == null) {
            log.tell(new Event.Dropped(seal.rejection()), System.nanoTime());
            if (seal.rejection() == DropKind.UNSEALED) {
                log.unsealed(from, System.nanoTime());
            }
        }
        return packet;
    }

    private void obey() {
        Effect effect = effects.poll();
        while (effect != null) {
            obey(effect);
            protocol.giveBack(effect);
            effect = effects.poll();
        }
    }

    private void obey(Effect effect) {
        if (effect instanceof Effect.Send send) {
            datagrams.send(send.to(), seal.seal(send.packet()), System.nanoTime());
        } else if (effect instanceof Effect.SendToSelf send) {
            datagrams.send(toSelf, seal.seal(send.packet()), System.nanoTime());
        } else if (effect instanceof Effect.Dial dial) {
            streams.dial(dial.dialId(), dial.to(), seal.seal(dial.request()));
        } else if (effect instanceof Effect.DialSeed dial) {
            byte[] sealed = seal.seal(dial.request());
            resolver.resolve(dial.seed(), to -> commands.accept(unused -> dialResolved(dial.dialId(), to, sealed)));
        } else if (effect instanceof Effect.Answer answer) {
            streams.answer(
                    answer.streamId(), answer.packets().stream().map(seal::seal).toList());
        } else if (effect instanceof Effect.Report report) {
            report(report.event());
        }
    }

    private void dialResolved(long dialId, InetSocketAddress to, byte[] sealed) {
        if (to.isUnresolved()) {
            ended(dialId, DialOutcome.UNRESOLVED);
        } else {
            streams.dial(dialId, to, sealed);
        }
    }

    private void report(Event event) {
        log.tell(event, System.nanoTime());
        if (event instanceof Event.Published published) {
            view = published.view();
            handOff.publish(published.view());
        } else if (event instanceof Event.SeedSilent silent && silent.outcome().isRefusal()) {
            handOff.seedRefused(silent.seed());
        } else if (event instanceof Event.NameConflict conflict) {
            handOff.nameTaken(conflict.holder());
        } else if (event instanceof Event.Left goodbye) {
            acknowledged = goodbye.acknowledged();
            left.countDown();
        }
    }

    private static InetSocketAddress toSelf(InetAddress bound, int port) {
        return new InetSocketAddress(bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound, port);
    }

    /** What the shell is built from. */
    record Wiring(
            MembershipConfig config,
            MemberMetadata metadata,
            Ports ports,
            Selector selector,
            Consumer<Consumer<Protocol>> commands) {}
}
