package io.rota.membership.protocol;

import io.rota.membership.ProtocolSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * One probe of one boot (SWIM section 3.1): a ping; soon after a dial by TCP, whose refusal is evidence of death and whose answer is a
 * fallback; then helpers; and at the end of the interval a verdict. Who has died meanwhile, proven, says nothing about our own ears. Confined to the protocol thread. The verdict is void when this process
 * stalled meanwhile or its own inbox was held.
 */
final class Probe implements Pinger.Answer, Dials.Waiting {

    private final Parts parts;
    private final Peer target;
    private final long bootId;
    private final long incarnation;
    private final boolean scheduled;
    private final long stallsAtStart;
    private final long echoId;
    private final long id;
    private final List<Timers.Timer> timers = new ArrayList<>(3);
    private int helpersAsked;
    private int nacks;
    private boolean answeredByStream;
    private boolean over;

    private Probe(Parts parts, Peer target, boolean scheduled) {
        this.parts = parts;
        this.target = target;
        this.bootId = target.bootId();
        this.incarnation = target.incarnation();
        this.scheduled = scheduled;
        this.stallsAtStart = parts.prober.longStalls();
        this.echoId = parts.settings.suspecting().pauseGate() ? parts.echo.send() : -1;
        this.id = parts.pinger.open(bootId, this);
    }

    /** The probe of this round; its end moves the local health. */
    static void scheduled(Parts parts, Peer target) {
        new Probe(parts, target, true).begin();
    }

    /** A probe on suspicion; it leaves the local health alone. */
    static void asWitness(Parts parts, Peer target) {
        new Probe(parts, target, false).begin();
    }

    private void begin() {
        ProtocolSettings.Probing probing = parts.settings.probing();
        parts.outbox.send(target.address(), parts.pinger.ping(id, target));
        timers.add(parts.timers.after(probing.dialAfter().toNanos(), this::dial));
        timers.add(parts.timers.after(probing.timeout().toNanos(), this::askHelpers));
        timers.add(parts.timers.after(probing.interval().toNanos(), this::verdict));
    }

    @Override
    public void acked(boolean direct) {
        if (!over) {
            end();
            parts.proof.answered(target.name(), bootId);
            improveHealth();
        }
    }

    @Override
    public void nacked() {
        nacks++;
    }

    @Override
    public void reply(Packet packet) {
        if (packet.bootId() == bootId && packet.message() instanceof Message.Ack) {
            answeredByStream = true;
            parts.proof.answered(target.name(), bootId);
        }
    }

    @Override
    public void ended(DialOutcome outcome) {
        if (outcome == DialOutcome.REFUSED) {
            parts.proof.refused(target, bootId);
        }
    }

    private void dial() {
        if (target.isLive(bootId)) {
            parts.dials.dial(target.address(), parts.pinger.ping(id, target), this);
        }
    }

    private void askHelpers() {
        if (!target.isLive(bootId)) {
            return;
        }
        int wanted = parts.settings.probing().helpers();
        for (Peer helper : parts.roster.pick(wanted, parts.random, List.of(parts.self.peer(), target))) {
            parts.pinger.allowHelper(id, helper.bootId());
            parts.outbox.send(helper.address(), new Message.PingRequest(id, target.name(), bootId));
            helpersAsked++;
        }
    }

    private void verdict() {
        end();
        if (answeredByStream) {
            improveHealth();
            parts.report(new Event.DatagramsLost(target.name(), target.address()));
        } else if (isVoid()) {
            worsenHealth(1);
            parts.report(new Event.Deaf());
        } else if (target.isLive(bootId)) {
            worsenHealth(helpersAsked == 0 ? 1 : helpersAsked - nacks);
            if (parts.self.isPresent()) {
                parts.beliefs.suspect(target, bootId, incarnation);
            }
        }
    }

    private boolean isVoid() {
        return parts.settings.suspecting().pauseGate()
                && (parts.prober.longStalls() != stallsAtStart || parts.echo.isOut(echoId));
    }

    private void end() {
        over = true;
        parts.pinger.close(id);
        timers.forEach(Timers.Timer::cancel);
    }

    private void improveHealth() {
        if (scheduled && parts.health.add(-1)) {
            parts.report(new Event.HealthChanged(parts.health.score()));
        }
    }

    private void worsenHealth(int delta) {
        if (scheduled && parts.health.add(delta)) {
            parts.report(new Event.HealthChanged(parts.health.score()));
        }
    }
}
