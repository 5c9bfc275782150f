package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskDefinition;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Rings of live, active members. */
final class ClusterRings {
    private ClusterRings() {}

    static ClusterRing of(List<String> nodes, List<TaskDefinition> tasks) {
        var members = nodes.stream()
                .map(name -> new Member(
                        name,
                        1,
                        1,
                        MemberState.ALIVE,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700),
                        MemberMetadata.empty().with(Participation.ACTIVE)))
                .toList();
        return ClusterRing.of(new MembershipView(1, 1, members), tasks);
    }
}
