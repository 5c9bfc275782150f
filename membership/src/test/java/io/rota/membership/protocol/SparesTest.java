package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.membership.MemberState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SparesTest {

    private static final InetSocketAddress PLACE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Spares spares = new Spares();

    @Test
    void valueIsNewWhileNothingWasGivenBack() {
        Packet first = packet(1);
        Packet second = packet(2);

        assertThat(first).isNotSameAs(second).isEqualTo(packet(1)).isNotEqualTo(second);
    }

    @Test
    void packetAndMessageThatWereGivenBackServeAgain() {
        Effect.Send done = spares.send(PLACE, packet(1));
        Packet packet = done.packet();
        Message message = packet.message();
        spares.giveBack(done);

        Effect.Send next = spares.send(PLACE, packet(2));

        assertThat(next).isSameAs(done);
        assertThat(next.packet()).isSameAs(packet).isEqualTo(new Packet("n", 1, 2, ping(2), List.of()));
        assertThat(next.packet().message()).isSameAs(message);
    }

    /** Else two parts of the program would hold one packet and not know of each other. */
    @Test
    void packetCannotBeGivenBackTwice() {
        Packet packet = packet(1);
        spares.giveBack(packet);

        assertThatThrownBy(() -> spares.giveBack(packet)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsKeptIsBounded() {
        Set<Packet> many = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1000; i++) {
            many.add(packet(i));
        }
        many.forEach(spares::giveBack);

        long again = LongStream.range(0, 1000)
                .mapToObj(this::packet)
                .filter(many::contains)
                .count();

        assertThat(again).isEqualTo(64);
    }

    private Packet packet(long sequence) {
        Message ping = spares.ping(sequence, 2, MemberState.ALIVE, 3, 4, 5);
        return spares.packet("n", 1, sequence, ping, List.of(), 1);
    }

    private static Message ping(long probeId) {
        return new Message.Ping(probeId, 2, MemberState.ALIVE, 3, 4, 5);
    }
}
