package io.rota.membership.protocol;

import io.rota.membership.MemberMetadata;
import io.rota.membership.ProtocolSettings;
import io.rota.membership.Seed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * What one run of the protocol begins with. Immutable.
 *
 * @param name this node's name
 * @param bootId random, new at each start
 * @param address where others reach it
 * @param metadata what it says about itself at first
 * @param seeds whom to dial
 * @param settings timing
 * @param wire the wire versions it speaks
 * @param keys short ids of the keys it holds, the one that it seals with first
 */
public record Start(
        String name,
        long bootId,
        InetSocketAddress address,
        MemberMetadata metadata,
        List<Seed> seeds,
        ProtocolSettings settings,
        WireVersions wire,
        List<Integer> keys) {

    public Start {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(wire, "wire");
        seeds = List.copyOf(seeds);
        keys = List.copyOf(keys);
    }

    /** With this build's wire versions, and no word of keys. */
    public Start(
            String name,
            long bootId,
            InetSocketAddress address,
            MemberMetadata metadata,
            List<Seed> seeds,
            ProtocolSettings settings) {
        this(name, bootId, address, metadata, seeds, settings, WireVersions.OURS, List.of());
    }
}
