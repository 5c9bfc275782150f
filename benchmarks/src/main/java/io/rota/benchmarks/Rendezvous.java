package io.rota.benchmarks;

import io.rota.hashing.XxHash64;
import java.util.ArrayList;
import java.util.List;

/** Highest random weight: each key scores each node. One score is a xor and a 64-bit finalizer. */
final class Rendezvous implements Scheme {

    @Override
    public String name() {
        return "rendezvous";
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return true;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        return new Scores(
                List.copyOf(nodes), nodes.stream().mapToLong(XxHash64::hash).toArray());
    }

    private static final class Scores implements Owners {
        private final List<String> nodes;
        private final long[] hashes;

        private Scores(List<String> nodes, long[] hashes) {
            this.nodes = nodes;
            this.hashes = hashes;
        }

        @Override
        public String ownerOf(String key) {
            long hash = XxHash64.hash(key);
            int best = 0;
            long bestScore = Long.MIN_VALUE;
            for (int i = 0; i < hashes.length; i++) {
                long score = mixed(hash ^ hashes[i]);
                if (score > bestScore) {
                    bestScore = score;
                    best = i;
                }
            }
            return nodes.get(best);
        }

        private static long mixed(long value) {
            long h = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
            h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
            return h ^ (h >>> 33);
        }

        @Override
        public Owners leave(String node) {
            List<String> left = new ArrayList<>(nodes);
            left.remove(node);
            return new Rendezvous().build(left, List.of());
        }

        @Override
        public Owners join(String node) {
            List<String> joined = new ArrayList<>(nodes);
            joined.add(node);
            return new Rendezvous().build(joined, List.of());
        }
    }
}
