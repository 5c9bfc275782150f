package io.rota.scheduler.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import java.io.IOException;
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

    @Test
    void aMemberThatIsReplacedBeforeTheGroupIsFormedDoesNotKeepItFromForming() throws IOException {
        var addresses = CpTrio.freeAddresses(3);
        for (var address : addresses) {
            var member = new HazelcastTaskLocks(CpTrio.settings(address, "secret", addresses));
            members.add(member);
            member.start();
        }
        await().atMost(CpTrio.PATIENCE)
                .until(() -> Hazelcast.getAllHazelcastInstances().stream()
                        .anyMatch(instance -> instance.getCluster().getMembers().size() == 3));
        assertThat(members).noneMatch(member -> member.status().ready());

        members.remove(2).close();
        var next = new HazelcastTaskLocks(CpTrio.settings(addresses.get(2), "secret", addresses));
        members.add(next);
        next.start();

        CpTrio.awaitReady(members);
    }
}
