package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal hashes exist, and whoever knows the hash can make them: ids decide then, never the order of arrival. */
final class TieTest {
    private static final String[] IDS = CollidingIds.pair();

    @Test
    void thePairCollides() {
        assertThat(IDS[0]).isNotEqualTo(IDS[1]);
        assertThat(XxHash64.hash(IDS[0])).isEqualTo(XxHash64.hash(IDS[1]));
    }

    @Test
    void collidingTasksKeepTheirOwnNamesAndOwners() {
        List<RingTask> tasks = List.of(RingTask.of(IDS[0]), RingTask.of(IDS[1]));
        PlacementSettings tight = new PlacementSettings(1);

        Placement placement = Placement.of(Samples.nodes(2), tasks, tight);
        Placement reversed = Placement.of(Samples.nodes(2), List.of(tasks.get(1), tasks.get(0)), tight);

        for (String id : IDS) {
            assertThat(placement.taskAt(placement.indexOf(id)).id()).isEqualTo(id);
            assertThat(placement.ownerOf(id)).isEqualTo(reversed.ownerOf(id));
        }
        assertThat(placement.withoutTask(IDS[0]).ownerOf(IDS[1])).isPresent();
    }

    @Test
    void aFullNodeKeepsTheSmallerIdOfTwoEquallyNear() {
        Placement placement = Placement.of(
                Samples.nodes(2), List.of(RingTask.of(IDS[0]), RingTask.of(IDS[1])), new PlacementSettings(1));
        String firstChoice =
                placement.ring().successors(Ring.positionOf(IDS[0]), 1).get(0);
        String smaller = IDS[0].compareTo(IDS[1]) < 0 ? IDS[0] : IDS[1];

        assertThat(placement.capOf(firstChoice)).isEqualTo(1);
        assertThat(placement.ownerOf(smaller)).contains(firstChoice);
    }

    @Test
    void collidingNodesAreRefused() {
        List<RingNode> nodes = List.of(RingNode.of(IDS[0]), RingNode.of(IDS[1]));

        assertThatThrownBy(() -> Ring.of(nodes))
                .isInstanceOf(RingInputException.HashCollision.class)
                .hasMessageContaining(IDS[0]);
    }
}
