package io.rota.membership.protocol;

import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.List;

/** What the core wants done. Immutable. The shell obeys in order and never answers synchronously. */
public sealed interface Effect {

    /** Send a datagram. Losing it is allowed. */
    record Send(InetSocketAddress to, Packet packet) implements Effect {}

    /** Send a datagram to this very node through its real socket. */
    record SendToSelf(Packet packet) implements Effect {}

    /** Connect, send the request, hand in each reply, and at last how the dial ended. */
    record Dial(long dialId, InetSocketAddress to, Packet request) implements Effect {}

    /** The same to a seed, whose host is resolved anew. */
    record DialSeed(long dialId, Seed seed, Packet request) implements Effect {}

    /** Answer a stream request with these packets and close. */
    record Answer(long streamId, List<Packet> packets) implements Effect {

        public Answer {
            packets = List.copyOf(packets);
        }
    }

    /** Something that a person or a consumer may want to know. */
    record Report(Event event) implements Effect {}
}
