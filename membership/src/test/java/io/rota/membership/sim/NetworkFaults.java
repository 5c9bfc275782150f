package io.rota.membership.sim;

/**
 * What the network does to each datagram, whatever its ends.
 *
 * @param loss share of datagrams lost, 0 to 1
 * @param duplicate share delivered twice
 * @param latencyNanos least one-way delay
 * @param jitterNanos further delay, evenly drawn; more than the pause between two datagrams reorders them
 */
public record NetworkFaults(double loss, double duplicate, long latencyNanos, long jitterNanos) {

    public NetworkFaults {
        if (loss < 0 || loss > 1 || duplicate < 0 || duplicate > 1 || latencyNanos < 1 || jitterNanos < 0) {
            throw new IllegalArgumentException("shares are 0 to 1, delays are not negative");
        }
    }

    /** A quiet network: 0.2 to 0.7 ms, nothing lost. */
    public static NetworkFaults none() {
        return new NetworkFaults(0, 0, 200_000, 500_000);
    }

    /** The same, with loss. */
    public NetworkFaults withLoss(double changed) {
        return new NetworkFaults(changed, duplicate, latencyNanos, jitterNanos);
    }
}
