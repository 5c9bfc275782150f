package io.rota.membership.protocol;

import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Seed;
import java.net.InetSocketAddress;

/** What happened. Immutable. The shell logs it, counts it and hands views on; the core itself never logs. */
public sealed interface Event {

    /** A coalesced view is out. */
    record Published(MembershipView view) implements Event {}

    /** The belief about a member changed; {@code why} names the cause in a few words. */
    record StateChanged(String name, long bootId, long incarnation, MemberState state, String why) implements Event {}

    /** A new process took over a name. */
    record Restarted(String name, long oldBootId, long newBootId) implements Event {}

    /** The first others are known. */
    record Joined(int live) implements Event {}

    /** A seed has not answered for a while. */
    record SeedSilent(Seed seed, DialOutcome outcome, long silentSeconds) implements Event {}

    /** We contradicted an accusation. */
    record Refuted(String accusedAs, long newIncarnation) implements Event {}

    /** Another live and older process bears our name; we are out until this node is renamed and restarted. */
    record NameConflict(InetSocketAddress holder) implements Event {}

    /** We refused to admit a process, since a live one elsewhere bears that name. */
    record NameRefused(String name, InetSocketAddress newcomer, InetSocketAddress holder) implements Event {}

    /** A newcomer reached us, but we cannot reach it at the address it advertises. */
    record NotDialledBack(String name, InetSocketAddress address) implements Event {}

    /** A process was turned away, this one or a newcomer: the cluster has no wire version in common with what it speaks. */
    record WireMismatch(String name, WireVersions spoken) implements Event {}

    /** This process did not run for a while. */
    record Stalled(long stalledNanos) implements Event {}

    /** Own verdicts were voided, since our own inbox was held. */
    record Deaf() implements Event {}

    /** The local health score changed. */
    record HealthChanged(int score) implements Event {}

    /** A member answers by stream, not by datagram. */
    record DatagramsLost(String name, InetSocketAddress address) implements Event {}

    /** Damping began or ended: while quiet, this node announces itself as joining. */
    record Quiet(boolean quiet, long quietNanos) implements Event {}

    /** A packet changed nothing, for this reason. */
    record Dropped(DropKind kind) implements Event {}

    /** The goodbye is over. */
    record Left(boolean acknowledged) implements Event {}
}
