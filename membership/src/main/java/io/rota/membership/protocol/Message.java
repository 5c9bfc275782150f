package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * What one node says to another, news aside. Immutable; the three that come in every round, until they are given back to {@link Spares}. The first group
 * travels by datagram, the last by stream.
 */
public sealed interface Message {

    /**
     * Are you there? (SWIM section 3.1.) Bears a probe id, chosen by the sender and returned in the answer, and the boot that is meant; another boot does
     * not answer. Tells what the sender believes of its target, state and incarnation, so that a suspect learns it at once and refutes (Lifeguard section
     * IV-C, the buddy system); and the sender's probe round and the digest of its member table.
     */
    final class Ping implements Message {

        private long probeId;
        private long targetBootId;
        private MemberState believed;
        private long believedIncarnation;
        private long round;
        private long digest;

        public Ping(
                long probeId,
                long targetBootId,
                MemberState believed,
                long believedIncarnation,
                long round,
                long digest) {
            this.probeId = probeId;
            this.targetBootId = targetBootId;
            this.believed = believed;
            this.believedIncarnation = believedIncarnation;
            this.round = round;
            this.digest = digest;
        }

        Ping become(
                long newProbeId,
                long newTargetBootId,
                MemberState newBelieved,
                long newBelievedIncarnation,
                long newRound,
                long newDigest) {
            probeId = newProbeId;
            targetBootId = newTargetBootId;
            believed = newBelieved;
            believedIncarnation = newBelievedIncarnation;
            round = newRound;
            digest = newDigest;
            return this;
        }

        public long probeId() {
            return probeId;
        }

        public long targetBootId() {
            return targetBootId;
        }

        public MemberState believed() {
            return believed;
        }

        public long believedIncarnation() {
            return believedIncarnation;
        }

        public long round() {
            return round;
        }

        public long digest() {
            return digest;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ping that
                    && probeId == that.probeId
                    && targetBootId == that.targetBootId
                    && believed == that.believed
                    && believedIncarnation == that.believedIncarnation
                    && round == that.round
                    && digest == that.digest;
        }

        @Override
        public int hashCode() {
            return Objects.hash(probeId, targetBootId, believed, believedIncarnation, round, digest);
        }

        @Override
        public String toString() {
            return "Ping[" + probeId + " " + targetBootId + " " + believed + " " + believedIncarnation + " " + round
                    + " " + digest + "]";
        }
    }

    /** I am. */
    final class Ack implements Message {

        private long probeId;
        private long round;
        private long digest;

        public Ack(long probeId, long round, long digest) {
            this.probeId = probeId;
            this.round = round;
            this.digest = digest;
        }

        Ack become(long newProbeId, long newRound, long newDigest) {
            probeId = newProbeId;
            round = newRound;
            digest = newDigest;
            return this;
        }

        public long probeId() {
            return probeId;
        }

        public long round() {
            return round;
        }

        public long digest() {
            return digest;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ack that && probeId == that.probeId && round == that.round && digest == that.digest;
        }

        @Override
        public int hashCode() {
            return Objects.hash(probeId, round, digest);
        }

        @Override
        public String toString() {
            return "Ack[" + probeId + " " + round + " " + digest + "]";
        }
    }

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
    final class SelfProbe implements Message {

        private long probeId;

        public SelfProbe(long probeId) {
            this.probeId = probeId;
        }

        SelfProbe become(long newProbeId) {
            probeId = newProbeId;
            return this;
        }

        public long probeId() {
            return probeId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SelfProbe that && probeId == that.probeId;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(probeId);
        }

        @Override
        public String toString() {
            return "SelfProbe[" + probeId + "]";
        }
    }

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
