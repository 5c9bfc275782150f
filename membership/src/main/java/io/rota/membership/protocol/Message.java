package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.List;

/** What one node says to another, news aside. Immutable. The first group travels by datagram, the last by stream. */
public sealed interface Message {

    /**
     * Are you there? (SWIM section 3.1.) Carries what the sender believes of its target, so that a suspect learns it at once and refutes
     * (Lifeguard section IV-C, the buddy system).
     *
     * @param probeId chosen by the sender, returned in the answer
     * @param targetBootId the boot that is meant; another boot does not answer
     * @param believed the state that the sender holds for it
     * @param believedIncarnation and the incarnation
     * @param round the sender's probe round
     * @param digest digest of the sender's member table
     */
    record Ping(
            long probeId, long targetBootId, MemberState believed, long believedIncarnation, long round, long digest)
            implements Message {}

    /** I am. */
    record Ack(long probeId, long round, long digest) implements Message {}

    /** I am, but the one you asked me to probe has not answered me yet (Lifeguard section IV-A). */
    record Nack(long probeId) implements Message {}

    /** Probe that member for me, and send me its ack or your nack. */
    record PingRequest(long probeId, String name, long targetBootId) implements Message {}

    /** Nothing but the news that ride on it. */
    record Gossip() implements Message {}

    /** That boot's address refused my connection; does it refuse yours? */
    record RefusalQuery(String name, long targetBootId) implements Message {}

    /** I bear your name, and have done so for this long; the younger one must yield. */
    record NameClaim(long uptimeMillis) implements Message {}

    /** You cannot be admitted. */
    record TurnedAway(Reason reason, InetSocketAddress holder) implements Message {

        /** Why. */
        public enum Reason {
            /** A live process elsewhere, at {@code holder}, bears the name. */
            NAME_TAKEN,
            /** No wire version in common. */
            WIRE_VERSION
        }
    }

    /** To oneself through the real socket: what came before it has been read when it returns. */
    record SelfProbe(long probeId) implements Message {}

    /** Tell me what differs. No bucket digests: tell me all. */
    record StateRequest(MemberRecord sender, List<Long> buckets) implements Message {

        public StateRequest {
            buckets = List.copyOf(buckets);
        }
    }

    /** The entries of the buckets that differ, in one or more packets. */
    record StateReply(int differing, boolean last, List<Remembered> entries) implements Message {

        public StateReply {
            entries = List.copyOf(entries);
        }
    }

    /** What I hold and you do not. */
    record StatePush(List<Remembered> entries) implements Message {

        public StatePush {
            entries = List.copyOf(entries);
        }
    }

    /** Taken. */
    record Done() implements Message {}
}
