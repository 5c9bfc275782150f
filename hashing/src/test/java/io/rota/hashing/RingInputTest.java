package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each broken rule has an error of its own that names what broke it. */
final class RingInputTest {
    private static final PlacementSettings AUTO = PlacementSettings.defaults();

    @Test
    void aRepeatedNodeIsRefusedByName() {
        List<RingNode> nodes = List.of(RingNode.of("n1"), RingNode.of("n1").withWeightMilli(2000));

        assertThatThrownBy(() -> Placement.of(nodes, List.of(), AUTO))
                .isInstanceOf(RingInputException.DuplicateNode.class)
                .hasMessageContaining("n1");
    }

    @Test
    void aRepeatedTaskIsRefusedByName() {
        List<RingTask> tasks = List.of(RingTask.of("t1"), RingTask.of("t2"), RingTask.of("t1"));

        assertThatThrownBy(() -> Placement.of(Samples.nodes(1), tasks, AUTO))
                .isInstanceOf(RingInputException.DuplicateTask.class)
                .hasMessageContaining("t1");
        assertThatThrownBy(() -> Placement.of(Samples.nodes(1), Samples.tasks(3), AUTO)
                        .withTasks(Set.of(), List.of(RingTask.of("task-1"))))
                .isInstanceOf(RingInputException.DuplicateTask.class)
                .hasMessageContaining("task-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 100_001})
    void aWeightOutOfRangeIsRefused(int weightMilli) {
        assertThatThrownBy(() -> RingNode.of("n1").withWeightMilli(weightMilli))
                .isInstanceOf(RingInputException.WeightOutOfRange.class)
                .hasMessageContaining("n1")
                .hasMessageContaining(String.valueOf(weightMilli));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disk", "=ssd", "disk=", "disk=ssd,", "disk=ssd,disk=hdd", ","})
    void aSelectorWithoutMeaningIsRefused(String text) {
        assertThatThrownBy(() -> TagSelector.parse(text)).isInstanceOf(RingInputException.UnknownSelector.class);
    }

    @Test
    void twoNodesWithOneHashAreRefusedByName() {
        List<RingNode> nodes = Samples.nodes(3);

        assertThatThrownBy(() -> NodeSet.refuseCollisions(nodes, new long[] {7, 9, 7}))
                .isInstanceOf(RingInputException.HashCollision.class)
                .hasMessageContaining("node-0")
                .hasMessageContaining("node-2");
    }

    @Test
    void emptyIdsAndSettingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> RingNode.of("")).isInstanceOf(RingInputException.EmptyId.class);
        assertThatThrownBy(() -> RingTask.of("")).isInstanceOf(RingInputException.EmptyId.class);
        assertThatThrownBy(() -> new PlacementSettings(-1)).isInstanceOf(RingInputException.OutOfRange.class);
        assertThatThrownBy(() -> new PlacementSettings(10_001)).isInstanceOf(RingInputException.OutOfRange.class);
    }

    @Test
    void moreTokensThanFitAreRefused() {
        List<RingNode> nodes = Samples.nodes(500).stream()
                .map(node -> node.withWeightMilli(RingNode.MAX_WEIGHT_MILLI))
                .toList();

        assertThatThrownBy(() -> Ring.of(nodes)).isInstanceOf(RingInputException.OutOfRange.class);
    }

    @Test
    void selectorsAreEqualHoweverTheyWereWritten() {
        TagSelector one = TagSelector.parse("zone=a, disk=ssd");
        TagSelector other = new TagSelector(Map.of("disk", "ssd", "zone", "a"));

        assertThat(one).isEqualTo(other).hasToString("disk=ssd,zone=a");
        assertThat(TagSelector.parse(" ")).isEqualTo(TagSelector.any()).hasToString("any");
    }

    @Test
    void aStarAdmitsAnyValueButNotAMissingTag() {
        RingNode tagged = new RingNode("n", 1000, Map.of("gpu", "a100"), "");

        assertThat(TagSelector.parse("gpu=*").admits(tagged)).isTrue();
        assertThat(TagSelector.parse("gpu=h100").admits(tagged)).isFalse();
        assertThat(TagSelector.parse("gpu=*").admits(RingNode.of("n"))).isFalse();
    }
}
