package io.rota.membership.protocol;

import io.rota.membership.ProtocolSettings;
import java.time.Duration;
import java.util.List;

/**
 * One probe of one boot (SWIM section 3.1): a ping; soon after a dial by TCP, whose refusal is evidence of death and whose answer is a
 * fallback; then helpers; and at the end of the interval a verdict. Who has died meanwhile, proven, says nothing about our own ears. Confined to the protocol thread. The verdict is void when this process
 * stalled meanwhile or its own inbox was held.
 */
final class Probe extends Pinger.Answer implements Dials.Waiting, Runnable {

    private final Parts parts;
    private final Timers.Timer timer;
    private Peer target;
    private long bootId;
    private long incarnation;
    private boolean scheduled;
    private long stallsAtStart;
    private long echoId;
    private long id;
    private long startedNanos;
    private Stage next = Stage.DIAL;
    private int helpersAsked;
    private int nacks;
    private boolean dialled;
    private boolean answeredByStream;
    private boolean over;

    /** Not begun yet. */
    Probe(Parts parts) {
        this.parts = parts;
        this.timer = parts.timers.timer(this);
        this.target = parts.self.peer();
    }

    /** Probes that boot from now on; one that is over and spare begins as if it were new. */
    void begin(Peer of, boolean asScheduled) {
        target = of;
        bootId = of.bootId();
        incarnation = of.incarnation();
        scheduled = asScheduled;
        stallsAtStart = parts.prober.longStalls();
        echoId = parts.settings.suspecting().pauseGate() ? parts.echo.send() : -1;
        startedNanos = parts.now();
        helpersAsked = 0;
        nacks = 0;
        answeredByStream = false;
        over = false;
        id = parts.pinger.open(bootId, this);
        parts.outbox.send(target.address(), parts.pinger.ping(id, target));
        await(Stage.DIAL, parts.settings.probing().dialAfter());
    }

    /** Over, and nothing that may still come belongs to it. */
    private boolean isSpare() {
        return over && !dialled;
    }

    /** The next stage is due: one alarm at a time, since most probes end before the first. */
    @Override
    public void run() {
        ProtocolSettings.Probing probing = parts.settings.probing();
        switch (next) {
            case DIAL -> {
                await(Stage.ASK_HELPERS, probing.timeout());
                dial();
            }
            case ASK_HELPERS -> {
                await(Stage.VERDICT, probing.interval());
                askHelpers();
            }
            case VERDICT -> verdict();
        }
    }

    private void await(Stage stage, Duration afterStart) {
        next = stage;
        timer.set(startedNanos + afterStart.toNanos() - parts.now());
    }

    @Override
    void acked(boolean direct) {
        if (!over) {
            end();
            parts.proof.answered(target.name(), bootId);
            improveHealth();
            if (isSpare()) {
                parts.prober.takeBack(this);
            }
        }
    }

    @Override
    void nacked() {
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
            dialled = true;
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
        timer.cancel();
    }

    /** What comes next while there is no answer. */
    private enum Stage {
        DIAL,
        ASK_HELPERS,
        VERDICT
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
