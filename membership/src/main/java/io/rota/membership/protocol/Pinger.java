package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Pings under way and who waits for each answer. Confined to the protocol thread. Every user closes what it opens, so the map is bounded. */
final class Pinger {

    private final Parts parts;
    private final LongTable<Answer> pending = new LongTable<>();
    private long nextId = 1;

    Pinger(Parts parts) {
        this.parts = parts;
    }

    /** A new probe id; only that boot, and helpers added later, may answer. */
    long open(long targetBootId, Answer answer) {
        long id = nextId++;
        answer.targetBootId = targetBootId;
        answer.helpers = List.of();
        pending.put(id, answer);
        return id;
    }

    void allowHelper(long id, long helperBootId) {
        Answer waiting = pending.get(id);
        if (waiting != null) {
            waiting.allow(helperBootId);
        }
    }

    void close(long id) {
        pending.remove(id);
    }

    Message.Ping ping(long id, Peer target) {
        boolean buddy = parts.settings.suspecting().buddy();
        return ping(id, target.bootId(), buddy ? target.state() : MemberState.ALIVE, target.incarnation());
    }

    Message.Ping ping(long id, long bootId, MemberState believed, long incarnation) {
        return parts.spares.ping(id, bootId, believed, incarnation, parts.prober.round(), parts.roster.digest());
    }

    /** One ping to a known member with a time limit: exactly one of the two runs. */
    void ask(Peer target, long timeoutNanos, Runnable acked, Runnable silent) {
        Question question = new Question(acked, silent);
        question.id = open(target.bootId(), question);
        parts.outbox.send(target.address(), ping(question.id, target));
        question.begin(timeoutNanos);
    }

    /** The same to a process that is not in the table. */
    void ask(Stranger stranger, Runnable acked, Runnable silent) {
        Question question = new Question(acked, silent);
        question.id = open(stranger.bootId, question);
        parts.outbox.sendIn(
                parts.outbox.versionFor(stranger.wire),
                stranger.address,
                ping(question.id, stranger.bootId, stranger.believed, stranger.incarnation));
        question.begin(parts.settings.probing().timeout().toNanos());
    }

    void onAck(Packet packet, Message.Ack ack) {
        Answer waiting = pending.get(ack.probeId());
        if (waiting == null) {
            parts.report(new Event.Dropped(DropKind.UNASKED));
        } else if (waiting.targetBootId == packet.bootId()) {
            waiting.acked(true);
        } else if (waiting.helpers.contains(packet.bootId())) {
            waiting.acked(false);
        }
    }

    void onNack(Packet packet, Message.Nack nack) {
        Answer waiting = pending.get(nack.probeId());
        if (waiting != null && waiting.helpers.contains(packet.bootId())) {
            waiting.nacked();
        }
    }

    /** A process that is not in the table, and what to tell it of the name that it bears. */
    record Stranger(
            InetSocketAddress address, long bootId, MemberState believed, long incarnation, WireVersions wire) {}

    /** Who waits. */
    abstract static class Answer {

        private long targetBootId;
        private List<Long> helpers = List.of();

        /** The target answered, itself or through a helper. */
        abstract void acked(boolean direct);

        /** A helper is well, but had no answer from the target. */
        void nacked() {}

        private void allow(long helperBootId) {
            if (helpers.isEmpty()) {
                helpers = new ArrayList<>(4);
            }
            helpers.add(helperBootId);
        }
    }

    private final class Question extends Answer {
        private final Runnable acked;
        private final Runnable silent;
        private long id;

        private Question(Runnable acked, Runnable silent) {
            this.acked = acked;
            this.silent = silent;
        }

        private void begin(long timeoutNanos) {
            parts.timers.after(timeoutNanos, () -> {
                if (pending.get(id) != null) {
                    close(id);
                    silent.run();
                }
            });
        }

        @Override
        void acked(boolean direct) {
            close(id);
            acked.run();
        }
    }
}
