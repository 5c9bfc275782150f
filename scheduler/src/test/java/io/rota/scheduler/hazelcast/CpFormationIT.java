package io.rota.scheduler.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group that meets trouble before it is formed. Found by the torture harness, see docs/reliability.md. */
final class CpFormationIT {
    private final List<HazelcastTaskLocks> members = new ArrayList<>();

    @AfterEach
    void endAll() {
        members.forEach(HazelcastTaskLocks::close);
    }

    private void start(int place, List<InetSocketAddress> addresses) {
        var member = new HazelcastTaskLocks(CpTrio.settings(addresses.get(place), "secret", addresses));
        member.start();
        members.add(place, member);
    }

    private void replace(int place, List<InetSocketAddress> addresses) {
        members.remove(place).close();
        start(place, addresses);
    }

    @Test
    void aMemberThatIsReplacedBeforeTheGroupIsFormedDoesNotKeepItFromForming() throws IOException {
        var addresses = CpTrio.freeAddresses(3);
        for (int place = 0; place < 3; place++) {
            start(place, addresses);
        }
        await().atMost(CpTrio.PATIENCE)
                .until(() -> Hazelcast.getAllHazelcastInstances().stream()
                        .anyMatch(instance -> instance.getCluster().getMembers().size() == 3));
        assertThat(members).noneMatch(member -> member.status().ready());

        replace(2, addresses);

        CpTrio.awaitReady(members);
    }

    @Test
    void aGroupThatHasLostItsMajorityIsFormedAnew() throws IOException {
        var addresses = CpTrio.freeAddresses(3);
        for (int place = 0; place < 3; place++) {
            start(place, addresses);
        }
        CpTrio.awaitReady(members);

        members.remove(2).close();
        replace(1, addresses);
        start(2, addresses);

        CpTrio.awaitReady(members);
    }
}
