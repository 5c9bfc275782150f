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
 */
public record Start(
        String name,
        long bootId,
        InetSocketAddress address,
        MemberMetadata metadata,
        List<Seed> seeds,
        ProtocolSettings settings) {

    public Start {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(settings, "settings");
        seeds = List.copyOf(seeds);
    }
}
