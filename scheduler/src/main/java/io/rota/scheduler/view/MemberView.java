package io.rota.scheduler.view;

import java.util.Map;

/**
 * One member as the observing node sees it.
 *
 * @param name its identity everywhere
 * @param self true for the observing node
 * @param bootId 16 hex digits, new at every start of the process
 * @param incarnation grows when the member refutes an accusation or changes its metadata
 * @param state {@code ALIVE}, {@code SUSPECT}, {@code DEAD} or {@code LEFT}
 * @param participation {@code JOINING}, {@code ACTIVE} or {@code DRAINING}
 * @param gossipAddress host:port
 * @param peerAddress host:port
 * @param adminAddress host:port of its admin page, empty if unknown
 * @param arbiter true if it is one of the listed arbiters
 * @param tags placement tags
 * @param weightMilli capacity weight in thousandths
 * @param softwareVersion version it runs
 * @param tasksOwned tasks the ring gives it
 * @param tasksRunning processes it reports as running
 */
public record MemberView(
        String name,
        boolean self,
        String bootId,
        long incarnation,
        String state,
        String participation,
        String gossipAddress,
        String peerAddress,
        String adminAddress,
        boolean arbiter,
        Map<String, String> tags,
        int weightMilli,
        String softwareVersion,
        int tasksOwned,
        int tasksRunning) {
    public MemberView {
        tags = Map.copyOf(tags);
    }
}
