package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExplanationTest {

    @Test
    void everyExplanationFitsThePlacement() {
        for (long seed = 0; seed < 100; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(random.upTo(8));
            List<RingTask> tasks = random.tasks(1 + random.upTo(100));
            Placement placement = Placement.of(nodes, tasks, random.settings());
            for (RingTask task : tasks) {
                Explanation explanation = placement.explain(task.id()).orElseThrow();
                assertThat(explanation.candidates())
                        .extracting(Candidate::node)
                        .containsExactlyInAnyOrderElementsOf(
                                nodes.stream().map(RingNode::id).toList());
                for (Candidate candidate : explanation.candidates()) {
                    assertFits(candidate, placement, task);
                }
            }
        }
    }

    private static void assertFits(Candidate candidate, Placement placement, RingTask task) {
        boolean isOwner = placement.ownerOf(task.id()).equals(Optional.of(candidate.node()));
        switch (candidate.standing()) {
            case OWNER -> assertThat(isOwner).isTrue();
            case FULL -> assertThat(candidate.load()).isGreaterThanOrEqualTo(candidate.cap());
            case SPREAD -> assertThat(task.spreadGroup()).isNotEmpty();
            case NEXT -> assertThat(candidate.rank()).isGreaterThan(1);
            case NOT_ADMITTED -> assertThat(candidate.rank()).isZero();
        }
        if (candidate.standing() != Candidate.Standing.OWNER) {
            assertThat(isOwner).isFalse();
        }
    }

    @Test
    void theTextNamesOwnerStandbysAndReasons() {
        List<RingNode> nodes = List.of(
                new RingNode("n1", 1000, Map.of("disk", "ssd"), ""),
                new RingNode("n2", 1000, Map.of("disk", "ssd"), ""),
                RingNode.of("n3"));
        RingTask task = new RingTask("report", TagSelector.parse("disk=ssd"), "");
        Placement placement = Placement.of(nodes, List.of(task), PlacementSettings.defaults());
        String owner = placement.ownerOf("report").orElseThrow();
        String standby = owner.equals("n1") ? "n2" : "n1";

        String text = placement.explain("report").orElseThrow().text();

        assertThat(text)
                .contains(owner + ": owner, choice 1")
                .contains("standbys: " + standby)
                .contains("not n3: lacks a tag");
    }

    @Test
    void anUnknownTaskHasNoExplanation() {
        assertThat(Placement.of(List.of(), List.of(), PlacementSettings.defaults())
                        .explain("ghost"))
                .isEmpty();
    }

    @Test
    void whatIfTellsExactlyWhatTheRealChangeMoves() {
        for (long seed = 0; seed < 50; seed++) {
            RandomCluster random = new RandomCluster(seed);
            List<RingNode> nodes = random.nodes(2 + random.upTo(8));
            Placement placement = Placement.of(nodes, random.tasks(100), random.settings());
            RingNode node = random.pick(nodes);
            RingNode late = random.node();
            RingTask task = random.task();
            RingNode doubled = node.withWeightMilli(2 * node.weightMilli());

            WhatIf whatIf = placement.whatIf();

            assertThat(whatIf.nodeLeaves(node.id()))
                    .isEqualTo(Moves.between(placement, placement.withoutNode(node.id())));
            assertThat(whatIf.nodeJoins(late)).isEqualTo(Moves.between(placement, placement.withNode(late)));
            assertThat(whatIf.weightBecomes(node.id(), doubled.weightMilli()))
                    .isEqualTo(Moves.between(placement, placement.withNode(doubled)));
            assertThat(whatIf.taskIsAdded(task)).isEqualTo(Moves.between(placement, placement.withTask(task)));
            assertThat(whatIf.taskIsRemoved(task.id()).all()).isEmpty();
            assertThat(whatIf.weightBecomes("ghost", 1000).all()).isEmpty();
        }
    }

    @Test
    void movesTellWhereTasksComeFromAndGoTo() {
        Placement placement = Placement.of(Samples.nodes(3), Samples.tasks(100), PlacementSettings.defaults());

        Moves moves = placement.whatIf().nodeLeaves("node-0");

        assertThat(moves.from("node-0").count()).isEqualTo(placement.loadOf("node-0"));
        assertThat(moves.to("node-0").all()).isEmpty();
        assertThat(moves.to("node-1").count() + moves.to("node-2").count()).isEqualTo(moves.count());
        assertThat(placement
                        .whatIf()
                        .taskIsRemoved("task-5")
                        .from(placement.ownerOf("task-5").orElseThrow())
                        .all())
                .anyMatch(move -> move.taskId().equals("task-5") && move.to().isEmpty());
    }
}
