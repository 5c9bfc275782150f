package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets newcomers in. Confined to the protocol thread. A process that nobody knows, or a new boot of a known name, is entered only after it
 * has been dialled back at the address that it advertises; where a live process elsewhere bears the name and still answers, the newcomer is turned
 * away. (memberlist #45: a joiner that cannot be reached poisons the cluster.) Members that others vouch for in gossip are believed.
 */
final class Admission {

    private static final int TRIES = 3;
    private static final int LIMIT = 1024;

    private final Parts parts;
    private final Map<String, Newcomer> newcomers = new HashMap<>();

    Admission(Parts parts) {
        this.parts = parts;
    }

    /** A process speaks for itself. */
    void consider(MemberRecord record) {
        Member member = record.member();
        Peer held = parts.roster.find(record.name());
        Newcomer waiting = newcomers.get(record.name());
        if (held != null && held.bootId() == member.bootId()) {
            parts.beliefs.accept(record, "speaks for itself");
        } else if (isForeign(record)) {
            parts.outbox.send(member.address(), turnAway(record));
        } else if (waiting != null && waiting.record.member().bootId() == member.bootId()) {
            waiting.record = record;
        } else if (newcomers.size() >= LIMIT) {
            parts.report(new Event.Dropped(DropKind.OVERFLOW));
        } else {
            begin(new Newcomer(record), held);
        }
    }

    /** A newcomer that could not talk with every member: there is no wire version that all would speak. */
    boolean isForeign(MemberRecord record) {
        Peer held = parts.roster.find(record.name());
        boolean known = held != null && held.bootId() == record.member().bootId();
        return !known && !parts.roster.versions().fits(record.wire());
    }

    /** Tells of it; what the newcomer is to be told. */
    Message turnAway(MemberRecord record) {
        parts.report(new Event.WireMismatch(record.name(), record.wire()));
        return new Message.TurnedAway(Message.TurnedAway.Reason.WIRE_VERSION, parts.self.address());
    }

    private void begin(Newcomer newcomer, @Nullable Peer held) {
        newcomers.put(newcomer.record.name(), newcomer);
        boolean moved = held != null
                && held.isLive()
                && !held.address().equals(newcomer.record.member().address());
        if (held != null && moved) {
            parts.pinger.ask(
                    held,
                    2 * parts.settings.probing().timeout().toNanos(),
                    () -> refuse(newcomer, held),
                    () -> dialBack(newcomer));
        } else {
            dialBack(newcomer);
        }
    }

    private void dialBack(Newcomer newcomer) {
        Member member = newcomer.record.member();
        Peer held = parts.roster.find(member.name());
        long known = held == null ? 0 : held.incarnation();
        long told = member.incarnation() > known ? member.incarnation() : known + 1;
        MemberState believed = held != null && held.state() == MemberState.DEAD ? MemberState.DEAD : MemberState.ALIVE;
        Pinger.Stranger stranger =
                new Pinger.Stranger(member.address(), member.bootId(), believed, told, newcomer.record.wire());
        parts.pinger.ask(stranger, () -> admit(newcomer), () -> silent(newcomer));
    }

    private void admit(Newcomer newcomer) {
        newcomers.remove(newcomer.record.name());
        parts.beliefs.accept(newcomer.record, "dialled back");
    }

    private void silent(Newcomer newcomer) {
        newcomer.tries++;
        if (newcomer.tries < TRIES) {
            dialBack(newcomer);
        } else {
            newcomers.remove(newcomer.record.name());
            Member member = newcomer.record.member();
            parts.report(new Event.NotDialledBack(member.name(), member.address()));
        }
    }

    private void refuse(Newcomer newcomer, Peer holder) {
        newcomers.remove(newcomer.record.name());
        Member member = newcomer.record.member();
        parts.report(new Event.NameRefused(member.name(), member.address(), holder.address()));
        parts.outbox.send(
                member.address(), new Message.TurnedAway(Message.TurnedAway.Reason.NAME_TAKEN, holder.address()));
    }

    private static final class Newcomer {
        private MemberRecord record;
        private int tries;

        private Newcomer(MemberRecord record) {
            this.record = record;
        }
    }
}
