package io.rota.benchmarks;

import java.util.List;
import org.ishugaliy.allgood.consistent.hash.HashRing;
import org.ishugaliy.allgood.consistent.hash.node.SimpleNode;

/** The ring of allgood-consistent-hash with the positions of the plain ring and its default hash. */
final class AllgoodRing implements Scheme {
    private static final int POSITIONS = 160;

    @Override
    public String name() {
        return "allgood-consistent-hash";
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return true;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        HashRing<SimpleNode> ring = HashRing.<SimpleNode>newBuilder()
                .name("bench")
                .partitionRate(POSITIONS)
                .build();
        nodes.forEach(node -> ring.add(SimpleNode.of(node)));
        return new Located(ring);
    }

    private record Located(HashRing<SimpleNode> ring) implements Owners {

        @Override
        public String ownerOf(String key) {
            return ring.locate(key).map(SimpleNode::getKey).orElse("");
        }

        @Override
        public Owners leave(String node) {
            ring.remove(SimpleNode.of(node));
            return this;
        }

        @Override
        public Owners join(String node) {
            ring.add(SimpleNode.of(node));
            return this;
        }
    }
}
