package io.rota.node.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group that meets trouble before it is formed. Found by the torture harness, see docs/reliability.md. */
final class CpFormationIT {
    private final CpTrio trio = new CpTrio();

    CpFormationIT() throws IOException {}

    @AfterEach
    void endAll() {
        trio.close();
    }

    @Test
    void aMemberThatIsReplacedBeforeTheGroupIsFormedDoesNotKeepItFromForming() throws IOException {
        await().atMost(CpTrio.PATIENCE)
                .until(() -> Hazelcast.getAllHazelcastInstances().stream()
                        .anyMatch(instance -> instance.getCluster().getMembers().size() == 3));
        assertThat(trio.all()).noneMatch(arbiter -> arbiter.locks().status().ready());

        trio.stop("n3");
        trio.start("n3");

        trio.awaitReady();
    }

    @Test
    void aGroupThatHasLostItsMajorityIsFormedAnew() throws IOException {
        trio.awaitReady();

        trio.stop("n3");
        trio.stop("n2");
        trio.start("n2");
        trio.start("n3");

        trio.awaitReady();
    }
}
