package io.rota.membership.protocol;

import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Everything that leaves the core goes through here: it numbers packets and lets news ride on each. Confined to the protocol thread. */
final class Outbox {

    private static final List<Rumor> NONE = List.of();

    private final Parts parts;
    private final String name;
    private final long bootId;
    private final Consumer<Effect> sink;
    private long sequence;

    Outbox(Parts parts, Start start, Consumer<Effect> sink) {
        this.parts = parts;
        this.name = start.name();
        this.bootId = start.bootId();
        this.sink = sink;
    }

    /** A datagram, with as much news as fits. */
    void send(InetSocketAddress to, Message message) {
        send(to, message, NONE);
    }

    /** A datagram in that wire version, for a process that is not in the table. */
    void sendIn(int version, InetSocketAddress to, Message message) {
        sink.accept(parts.spares.send(to, packet(message, withNews(message, NONE), version)));
    }

    /** A datagram with these news for certain, and more if they fit. */
    void send(InetSocketAddress to, Message message, List<Rumor> first) {
        sink.accept(parts.spares.send(to, packet(message, withNews(message, first))));
    }

    void sendToSelf(Message message) {
        sink.accept(parts.spares.sendToSelf(packet(message, NONE)));
    }

    void dial(long dialId, InetSocketAddress to, Message message) {
        sink.accept(new Effect.Dial(dialId, to, packet(message, withNews(message, NONE))));
    }

    void dialSeed(long dialId, Seed seed, Message message) {
        sink.accept(new Effect.DialSeed(dialId, seed, packet(message, NONE)));
    }

    void answer(long streamId, List<? extends Message> messages, List<Rumor> rumors) {
        answerIn(common(), streamId, messages, rumors);
    }

    /** The same in that wire version. */
    void answerIn(int version, long streamId, List<? extends Message> messages, List<Rumor> rumors) {
        List<Packet> packets = new ArrayList<>(messages.size());
        for (Message message : messages) {
            packets.add(packet(message, packets.isEmpty() ? rumors : NONE, version));
        }
        sink.accept(new Effect.Answer(streamId, packets));
    }

    void report(Event event) {
        sink.accept(new Effect.Report(event));
    }

    /** The newest version that the cluster and such a process speak. */
    int versionFor(WireVersions spoken) {
        return Math.min(common(), spoken.max());
    }

    private int common() {
        return parts.roster.versions().common(parts.self.wire());
    }

    private Packet packet(Message message, List<Rumor> rumors) {
        return packet(message, rumors, common());
    }

    private Packet packet(Message message, List<Rumor> rumors, int version) {
        return parts.spares.packet(name, bootId, sequence++, message, rumors, version);
    }

    private List<Rumor> withNews(Message message, List<Rumor> first) {
        if (parts.rumors.isEmpty()) {
            return first;
        }
        int budget = RumorSize.BUDGET_BYTES;
        int footprint = Footprint.besides(message, name);
        for (Rumor rumor : first) {
            budget -= RumorSize.of(rumor);
            footprint -= Footprint.of(rumor);
        }
        int limit = RumorQueue.limit(parts.settings.spreading().lambda(), parts.roster.liveCount());
        List<Rumor> news = parts.rumors.take(budget, footprint, limit);
        if (first.isEmpty()) {
            return news;
        }
        List<Rumor> all = new ArrayList<>(first);
        all.addAll(news);
        return all;
    }
}
