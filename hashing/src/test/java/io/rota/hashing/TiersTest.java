package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TiersTest {
    private static final NodeSet NODES = NodeSet.of(List.of(
            new RingNode("both", 1000, Map.of("a", "1", "b", "1"), ""),
            new RingNode("only-a", 1000, Map.of("a", "1"), ""),
            new RingNode("only-b", 3000, Map.of("b", "1"), ""),
            RingNode.of("plain")));

    @Test
    void theMostConstrainedTierIsPlacedFirst() {
        assertThat(tiers("", "b=1", "a=1", "a=1,b=1").inOrder())
                .extracting(Tier::name)
                .containsExactly("a=1,b=1", "a=1", "b=1", "any");
    }

    @Test
    void tiersOfEqualWeightStandInTheOrderOfTheirNames() {
        NodeSet two = NodeSet.of(
                List.of(new RingNode("1", 1000, Map.of("z", "1"), ""), new RingNode("2", 1000, Map.of("y", "1"), "")));

        assertThat(Tiers.of(two, tasks("z=1", "y=1")).inOrder())
                .extracting(Tier::name)
                .containsExactly("y=1", "z=1");
    }

    @Test
    void selectorsThatAdmitTheSameNodesShareATier() {
        Tiers tiers = tiers("b=1,a=1", "a=1,b=*", "a=*,b=*");

        assertThat(tiers.inOrder()).hasSize(1);
        assertThat(tiers.inOrder().get(0).tasks()).hasSize(3);
        assertThat(tiers.inOrder().get(0).name()).isEqualTo("a=*,b=*");
    }

    @Test
    void tasksThatNobodyMayOwnAreInNoTier() {
        assertThat(tiers("c=1", "a=1").placeableTasks()).isEqualTo(1);
    }

    @Test
    void aTierIsInsideAnotherIfAllItsNodesAre() {
        List<Tier> tiers = tiers("", "b=1", "a=1", "a=1,b=1").inOrder();

        assertThat(tiers.get(0).isInside(tiers.get(1))).isTrue();
        assertThat(tiers.get(0).isInside(tiers.get(0))).isTrue();
        assertThat(tiers.get(1).isInside(tiers.get(2))).isFalse();
        assertThat(tiers.get(3).isInside(tiers.get(0))).isFalse();
    }

    @Test
    void whatEarlierTiersFillIsTakenFromTheLaterOnes() {
        List<Tier> tiers = tiers("a=1,b=1", "a=1,b=1", "a=1,b=1", "", "", "").inOrder();

        assertThat(tiers.get(0).seesAll()).isTrue();
        assertThat(tiers.get(1).seesAll()).isFalse();
        // three tasks on "both" are above the level of three tasks poured over the others
        assertThat(tiers.get(1).sees(0, 0)).isFalse();
        assertThat(tiers.get(1).sees(3, 65_535)).isTrue();
    }

    @Test
    void thePartIsTheDepthOverThreeQuartersOfTheGroundWhereTheSurfaceIsTheAverage() {
        Tier others = othersBeside(6, 30);

        // ground 6 * 3/4 = 4.5, surface (30 + 4.5) / 3 = 11.5, depth 7 beside 11.5
        int part = 65_536 * 14 / 23;
        assertThat(others.sees(0, part - 10)).isTrue();
        assertThat(others.sees(0, part + 200)).isFalse();
        assertThat(others.sees(1, 65_535)).isTrue();
    }

    @Test
    void theWholeGroundDecidesWhoStaysDry() {
        Tier others = othersBeside(14, 20);

        // ground 14 above the surface of 20 / 2 = 10; two fifths of it, 5.6, would be under it
        assertThat(others.sees(0, 0)).isFalse();
        assertThat(others.sees(1, 65_535)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // surface and average in tasks for 65,536 of weight, thousandths
        "0, 1000, 400",
        "850, 1000, 400",
        "900, 1000, 400",
        "950, 1000, 575", // half-way
        "1000, 1000, 750",
        "5000, 1000, 750",
        "0, 0, 400",
    })
    void theGroundCountsForMoreWhereTheSurfaceNearsTheAverage(long surface, long average, int expected) {
        assertThat(TokenParts.easedGround(surface << 32, average << 32)).isBetween(expected - 4, expected);
    }

    /** The tier of tasks without a selector beside tasks that only node 0 of three may own. */
    private static Tier othersBeside(int tagged, int free) {
        NodeSet nodes =
                NodeSet.of(List.of(new RingNode("0", 1000, Map.of("a", "1"), ""), RingNode.of("1"), RingNode.of("2")));
        String[] selectors = new String[tagged + free];
        Arrays.setAll(selectors, i -> i < tagged ? "a=1" : "");
        return Tiers.of(nodes, tasks(selectors)).inOrder().get(1);
    }

    private static Tiers tiers(String... selectors) {
        return Tiers.of(NODES, tasks(selectors));
    }

    private static SortedTasks tasks(String... selectors) {
        return SortedTasks.of(IntStream.range(0, selectors.length)
                .mapToObj(i -> new RingTask("task-" + i, TagSelector.parse(selectors[i]), ""))
                .toList());
    }
}
