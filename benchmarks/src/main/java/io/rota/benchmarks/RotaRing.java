package io.rota.benchmarks;

import io.rota.hashing.Placement;
import io.rota.hashing.PlacementSettings;
import io.rota.hashing.RingNode;
import io.rota.hashing.RingTask;
import java.util.List;

/** Ours: bounded ring, automatic slack. */
final class RotaRing implements Scheme {

    @Override
    public String name() {
        return "Rota, bounded ring";
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return true;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        return new Map(Placement.of(
                nodes.stream().map(RingNode::of).toList(),
                keys.stream().map(RingTask::of).toList(),
                PlacementSettings.defaults()));
    }

    private record Map(Placement placement) implements Owners {

        @Override
        public String ownerOf(String key) {
            return placement.ownerOf(key).orElse("");
        }

        @Override
        public Owners leave(String node) {
            return new Map(placement.withoutNode(node));
        }

        @Override
        public Owners join(String node) {
            return new Map(placement.withNode(RingNode.of(node)));
        }
    }
}
