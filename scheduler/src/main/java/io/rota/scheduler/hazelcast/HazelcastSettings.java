package io.rota.scheduler.hazelcast;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How this arbiter's Hazelcast member is set up.
 *
 * @param clusterName name of the Hazelcast cluster
 * @param address under which the other arbiters know and reach it; it listens on loopback only
 * @param cpMembers size of the CP group: the number of arbiters, 3 or 5
 * @param liveArbiters addresses of the arbiters that gossip shows as alive, this one included
 * @param isListed whether the node at this address is an arbiter, alive or not, as far as is known
 * @param carrier takes its connections to the other arbiters there
 */
public record HazelcastSettings(
        String clusterName,
        InetSocketAddress address,
        int cpMembers,
        Supplier<List<InetSocketAddress>> liveArbiters,
        Predicate<InetSocketAddress> isListed,
        MemberCarrier carrier) {}
