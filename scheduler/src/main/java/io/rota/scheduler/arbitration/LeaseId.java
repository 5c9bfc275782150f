package io.rota.scheduler.arbitration;

/**
 * Names one lease of one node. A lease that lapsed or was revoked is never renewed again: the node takes the next epoch.
 *
 * @param node node name
 * @param bootId new at every start of the node's process
 * @param epoch counts the leases of this boot, from 1
 */
public record LeaseId(String node, long bootId, int epoch) {
    @Override
    public String toString() {
        return node + "/" + Long.toHexString(bootId) + "/" + epoch;
    }
}
