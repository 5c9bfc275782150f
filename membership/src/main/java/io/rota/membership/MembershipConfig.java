package io.rota.membership;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * Everything a node needs to take part. Immutable.
 *
 * @param clusterName clusters of different names never merge, even under one key; 1 to 64 bytes
 * @param nodeName this node's name, unique in the cluster; 1 to 64 bytes
 * @param bind where to listen, UDP and TCP on the same port; the wildcard address is fine
 * @param advertise what others dial; resolved, not the wildcard; port 0 means the bound port
 * @param seeds whom to dial; the node's own address may be among them and is skipped
 * @param keys the cluster's keys
 * @param settings timing; {@link ProtocolSettings#lan()} unless there is a reason
 */
public record MembershipConfig(
        String clusterName,
        String nodeName,
        InetSocketAddress bind,
        InetSocketAddress advertise,
        List<Seed> seeds,
        Keyring keys,
        ProtocolSettings settings) {

    /** Most seeds. */
    public static final int SEEDS_LIMIT = 1024;

    public MembershipConfig {
        Member.requireName(nodeName);
        Member.requireName(clusterName);
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(settings, "settings");
        if (bind.isUnresolved()) {
            throw new IllegalArgumentException("the bind address does not resolve: " + bind.getHostString());
        }
        if (advertise.isUnresolved() || advertise.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("the advertised address must be one that other nodes can dial, not "
                    + advertise.getHostString() + ": set it to this server's own address");
        }
        if (seeds.size() > SEEDS_LIMIT) {
            throw new IllegalArgumentException("at most " + SEEDS_LIMIT + " seeds, but got " + seeds.size());
        }
        seeds = List.copyOf(seeds);
    }
}
