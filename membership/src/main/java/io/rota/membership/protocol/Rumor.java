package io.rota.membership.protocol;

import io.rota.membership.MemberState;

/**
 * One piece of news about one boot of one member, small enough to ride on other packets (SWIM section 4.1). Immutable. Only the news that
 * a member is alive carries the whole record; the others name a record that the receiver must already hold.
 */
public sealed interface Rumor {

    /** The member it is about. */
    String name();

    /** The boot it is about. */
    long bootId();

    /** The incarnation it is about. */
    long incarnation();

    /** The state it claims. */
    MemberState state();

    /** The member speaks for itself: here I am, at this incarnation. */
    record Alive(MemberRecord subject) implements Rumor {

        public Alive {
            if (subject.member().state() != MemberState.ALIVE) {
                throw new IllegalArgumentException("an alive rumor carries an alive record: " + subject);
            }
        }

        @Override
        public String name() {
            return subject.name();
        }

        @Override
        public long bootId() {
            return subject.member().bootId();
        }

        @Override
        public long incarnation() {
            return subject.member().incarnation();
        }

        @Override
        public MemberState state() {
            return MemberState.ALIVE;
        }
    }

    /** The accuser got no answer. An empty accuser counts as nobody. */
    record Suspect(String name, long bootId, long incarnation, String accuser) implements Rumor {
        @Override
        public MemberState state() {
            return MemberState.SUSPECT;
        }
    }

    /** Silent beyond the suspicion time; or proven dead, which consumers learn at once. */
    record Dead(String name, long bootId, long incarnation, String accuser, boolean proven) implements Rumor {
        @Override
        public MemberState state() {
            return MemberState.DEAD;
        }
    }

    /** The member said goodbye. */
    record Left(String name, long bootId, long incarnation) implements Rumor {
        @Override
        public MemberState state() {
            return MemberState.LEFT;
        }
    }
}
