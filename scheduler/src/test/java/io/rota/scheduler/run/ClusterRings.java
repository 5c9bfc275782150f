package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Rings of live, active members. */
final class ClusterRings {
    private ClusterRings() {}

    static ClusterRing of(List<String> nodes, List<TaskDefinition> tasks) {
        return of(nodes.stream().map(name -> member(name, Participation.ACTIVE)).toArray(Member[]::new), tasks);
    }

    static Member member(String name, Participation participation) {
        return new Member(
                name,
                1,
                1,
                MemberState.ALIVE,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700),
                MemberMetadata.empty().with(participation));
    }

    static ClusterRing of(Member[] nodes, List<TaskDefinition> tasks) {
        var members = List.of(nodes);
        return ClusterRing.of(new MembershipView(1, 1, members), FileInForce.of(new TaskFile(0, tasks)));
    }
}
