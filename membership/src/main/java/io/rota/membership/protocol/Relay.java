package io.rota.membership.protocol;

import java.net.InetSocketAddress;

/**
 * Probes in another member's stead (SWIM section 3.1) and says so when there is no answer yet (Lifeguard section IV-A: the nack tells the asker
 * that its helper, and its own ears, are well). Confined to the protocol thread.
 */
final class Relay {

    private final Parts parts;

    Relay(Parts parts) {
        this.parts = parts;
    }

    void onRequest(InetSocketAddress asker, Message.PingRequest request) {
        Peer target = parts.roster.find(request.name());
        if (target == null || target.bootId() != request.targetBootId()) {
            parts.outbox.send(asker, new Message.Nack(request.probeId()));
            return;
        }
        long timeout = parts.settings.probing().timeout().toNanos();
        Timers.Timer nack = parts.timers.after(
                timeout * 4 / 5, () -> parts.outbox.send(asker, new Message.Nack(request.probeId())));
        parts.pinger.ask(
                target,
                timeout,
                () -> {
                    nack.cancel();
                    parts.outbox.send(
                            asker, parts.spares.ack(request.probeId(), parts.prober.round(), parts.roster.digest()));
                },
                () -> {});
    }
}
