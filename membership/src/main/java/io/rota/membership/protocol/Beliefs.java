package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to believe about the others: the one place where a member's state changes. Confined to the protocol thread. News win by
 * {@link Precedence}. A death learned at second hand, from a table and not from fresh gossip, is taken as a suspicion only, so that two halves that
 * meet again do not bury each other.
 */
final class Beliefs {

    /** What a table tells is told on as news only if it is this young; the rest is known where it came from. */
    private static final long NEWS_SECONDS = 5;

    private final Parts parts;

    Beliefs(Parts parts) {
        this.parts = parts;
    }

    /** Fresh gossip about another member, told by a live member. */
    void hear(Rumor rumor, String teller) {
        Peer held = parts.roster.find(rumor.name());
        if (rumor instanceof Rumor.Alive alive) {
            accept(alive.subject(), "gossip");
        } else if (held == null) {
            return;
        } else if (rumor instanceof Rumor.Suspect suspect) {
            hearSuspect(held, suspect, teller);
        } else if (isNextWord(rumor, held.member())) {
            boolean proven = rumor instanceof Rumor.Dead dead && dead.proven();
            change(held, stateAt(held, rumor), "gossip", rumor, proven);
        } else if (rumor.incarnation() > held.incarnation()) {
            parts.antiEntropy.wanted(teller);
        }
    }

    /** A record that may be believed as it is: of a member that speaks for itself, was dialled back, or is vouched for. */
    void accept(MemberRecord record, String why) {
        accept(record, why, 0);
    }

    private void accept(MemberRecord record, String why, long ageSeconds) {
        Peer held = parts.roster.find(record.name());
        if (held != null && !Precedence.beats(record.member(), held.member())) {
            return;
        }
        if (held != null && held.isLive() && held.bootId() != record.member().bootId()) {
            parts.report(new Event.Restarted(
                    record.name(), held.bootId(), record.member().bootId()));
        }
        boolean isNews = ageSeconds <= NEWS_SECONDS;
        Peer peer = change(held, record, why, isNews ? new Rumor.Alive(record) : null, false);
        if (peer != null && ageSeconds > 0) {
            parts.roster.put(record, parts.now() - ageSeconds * 1_000_000_000L, parts.now());
        }
    }

    /** An entry of another node's table. */
    void compare(Remembered entry) {
        Member told = entry.subject().member();
        Peer held = parts.roster.find(told.name());
        if (held != null && !Precedence.beats(told, held.member())) {
            if (told.state().isLive() && held.state() == MemberState.DEAD) {
                parts.healer.contest(held);
            }
            return;
        }
        switch (told.state()) {
            case ALIVE -> accept(entry.subject(), "sync", entry.ageSeconds());
            case SUSPECT -> suspectFromTable(entry);
            case DEAD -> deadFromTable(entry, held);
            case LEFT -> remember(entry);
        }
    }

    /** The own verdict that a member does not answer. */
    void suspect(Peer target, long bootId, long incarnation) {
        if (target.isLive(bootId) && target.incarnation() == incarnation) {
            hearSuspect(
                    target,
                    new Rumor.Suspect(target.name(), bootId, incarnation, parts.self.name()),
                    parts.self.name());
        }
    }

    /** Ends a suspicion, or states a proof. */
    void declareDead(Peer target, String accuser, boolean proven, String why) {
        Rumor.Dead rumor = new Rumor.Dead(target.name(), target.bootId(), target.incarnation(), accuser, proven);
        MemberRecord dead = target.record().with(target.member().with(MemberState.DEAD));
        change(target, dead, why, rumor, proven);
        if (proven) {
            parts.gossip.toAll(rumor);
        }
    }

    /** Only the state changes, so the record at hand must be the last word of that boot: of this incarnation, or, for a goodbye, of the one before. */
    private static boolean isNextWord(Rumor rumor, Member held) {
        long known = rumor.state() == MemberState.LEFT ? rumor.incarnation() - 1 : rumor.incarnation();
        boolean knowsLastWord = known == held.incarnation() || rumor.incarnation() == held.incarnation();
        return held.bootId() == rumor.bootId() && knowsLastWord && Precedence.beats(rumor, held);
    }

    private void hearSuspect(Peer held, Rumor.Suspect rumor, String teller) {
        if (rumor.incarnation() > held.incarnation()) {
            parts.antiEntropy.wanted(teller);
        } else if (held.bootId() != rumor.bootId() || rumor.incarnation() < held.incarnation()) {
            return;
        } else if (held.state() == MemberState.SUSPECT) {
            if (parts.suspicions.confirm(held, rumor.accuser())) {
                parts.gossip.spread(rumor);
            }
        } else if (held.state() == MemberState.ALIVE) {
            change(held, stateAt(held, rumor), "no answer to " + rumor.accuser(), rumor, false);
            parts.suspicions.begin(held, rumor.accuser());
            parts.witness.onSuspicion(held, rumor.accuser());
        }
    }

    /** Accused by nobody in particular: it has the longest time to speak, unless others accuse it of their own account. */
    private void suspectFromTable(Remembered entry) {
        MemberRecord record = entry.subject();
        Member alive = record.member().with(MemberState.ALIVE);
        accept(record.with(alive), "sync", entry.ageSeconds());
        Peer held = parts.roster.find(record.name());
        if (held != null && held.isLive(alive.bootId()) && held.incarnation() == alive.incarnation()) {
            hearSuspect(
                    held, new Rumor.Suspect(alive.name(), alive.bootId(), alive.incarnation(), ""), parts.self.name());
        }
    }

    private void deadFromTable(Remembered entry, @Nullable Peer held) {
        Member told = entry.subject().member();
        if (held != null && held.isLive(told.bootId())) {
            suspectFromTable(entry);
            parts.healer.contest(held);
        } else {
            remember(entry);
        }
    }

    private void remember(Remembered entry) {
        long ageNanos = entry.ageSeconds() * 1_000_000_000L;
        if (ageNanos < parts.settings.returning().rememberDead().toNanos()) {
            Peer peer = change(parts.roster.find(entry.subject().name()), entry.subject(), "sync", null, false);
            if (peer != null) {
                parts.roster.put(entry.subject(), parts.now() - ageNanos, parts.now());
            }
        }
    }

    private @Nullable Peer change(
            @Nullable Peer held, MemberRecord becomes, String why, @Nullable Rumor news, boolean urgent) {
        if (held != null) {
            parts.suspicions.clear(held);
        }
        Peer peer = parts.roster.put(becomes, parts.now(), parts.now());
        if (peer == null) {
            parts.report(new Event.Dropped(DropKind.OVERFLOW));
            return null;
        }
        if (news != null) {
            parts.gossip.spread(news);
        }
        Member member = becomes.member();
        parts.report(new Event.StateChanged(member.name(), member.bootId(), member.incarnation(), member.state(), why));
        if (urgent) {
            parts.publisher.changedUrgently();
            parts.prober.alarm();
        } else {
            parts.publisher.changed();
        }
        parts.joiner.onMemberChange();
        return peer;
    }

    private static MemberRecord stateAt(Peer held, Rumor rumor) {
        Member member = held.member();
        return held.record()
                .with(new Member(
                        member.name(),
                        member.bootId(),
                        rumor.incarnation(),
                        rumor.state(),
                        member.address(),
                        member.metadata()));
    }
}
