package io.rota.torture.inject;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.nemesis.Fault;
import io.rota.torture.nemesis.FaultKind;
import io.rota.torture.net.Network.Link;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HarmedLinksTest {
    private static Set<Link> links(FaultKind kind, Integer... victims) {
        return HarmedLinks.links(new Fault(kind, List.of(victims), 0, 1), 3);
    }

    @Test
    void anIsolatedNodeLosesBothDirections() {
        assertThat(links(FaultKind.ISOLATE, 0))
                .containsExactlyInAnyOrder(new Link(0, 1), new Link(0, 2), new Link(1, 0), new Link(2, 0));
    }

    @Test
    void aOneWayCutLosesOneDirection() {
        assertThat(links(FaultKind.CUT_IN, 0)).containsExactlyInAnyOrder(new Link(1, 0), new Link(2, 0));
        assertThat(links(FaultKind.CUT_OUT, 0)).containsExactlyInAnyOrder(new Link(0, 1), new Link(0, 2));
    }

    @Test
    void aBridgeCutsThePairAlone() {
        assertThat(links(FaultKind.BRIDGE, 0, 2)).containsExactlyInAnyOrder(new Link(0, 2), new Link(2, 0));
    }

    @Test
    void shatteredNodesAreAllAlone() {
        assertThat(links(FaultKind.SHATTER, 0, 1, 2)).hasSize(6);
    }
}
