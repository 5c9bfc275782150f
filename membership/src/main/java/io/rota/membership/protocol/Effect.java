package io.rota.membership.protocol;

import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/** What the core wants done. Immutable; the two that come in every round, until they are given back to {@link Spares}. The shell obeys in order and never answers synchronously. */
public sealed interface Effect {

    /** Send a datagram. Losing it is allowed. */
    final class Send implements Effect {

        private InetSocketAddress to;
        private Packet packet;

        public Send(InetSocketAddress to, Packet packet) {
            this.to = to;
            this.packet = packet;
        }

        Send become(InetSocketAddress newTo, Packet newPacket) {
            to = newTo;
            packet = newPacket;
            return this;
        }

        public InetSocketAddress to() {
            return to;
        }

        public Packet packet() {
            return packet;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Send that && to.equals(that.to) && packet.equals(that.packet);
        }

        @Override
        public int hashCode() {
            return Objects.hash(to, packet);
        }

        @Override
        public String toString() {
            return "Send[" + to + " " + packet + "]";
        }
    }

    /** Send a datagram to this very node through its real socket. */
    final class SendToSelf implements Effect {

        private Packet packet;

        public SendToSelf(Packet packet) {
            this.packet = packet;
        }

        SendToSelf become(Packet newPacket) {
            packet = newPacket;
            return this;
        }

        public Packet packet() {
            return packet;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SendToSelf that && packet.equals(that.packet);
        }

        @Override
        public int hashCode() {
            return Objects.hash(packet);
        }

        @Override
        public String toString() {
            return "SendToSelf[" + packet + "]";
        }
    }

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
