package io.rota.benchmarks;

import com.dynatrace.hash4j.consistent.ConsistentBucketSetHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.dynatrace.hash4j.random.PseudoRandomGeneratorProvider;
import io.rota.hashing.XxHash64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** hash4j's jump-back anchor hash: minimal moves for any leave, but its state is the history of joins and leaves. */
final class AnchorBuckets implements Scheme {

    @Override
    public String name() {
        return "hash4j jump-back anchor hash";
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return false;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        Anchored anchored =
                new Anchored(ConsistentHashing.jumpBackAnchorHash(PseudoRandomGeneratorProvider.splitMix64_V1()));
        nodes.forEach(anchored::join);
        return anchored;
    }

    private static final class Anchored implements Owners {
        private final ConsistentBucketSetHasher hasher;
        private final Map<Integer, String> nodes = new HashMap<>();

        private Anchored(ConsistentBucketSetHasher hasher) {
            this.hasher = hasher;
        }

        @Override
        public String ownerOf(String key) {
            return nodes.getOrDefault(hasher.getBucket(XxHash64.hash(key)), "");
        }

        @Override
        public Owners leave(String node) {
            int bucket = nodes.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(node))
                    .mapToInt(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            hasher.removeBucket(bucket);
            nodes.remove(bucket);
            return this;
        }

        @Override
        public Owners join(String node) {
            nodes.put(hasher.addBucket(), node);
            return this;
        }
    }
}
