package io.rota.benchmarks;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.google.common.hash.Hashing;
import io.rota.hashing.XxHash64;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Hashes that know buckets 0 to N - 1 only. Nodes that agree on nothing but the set of members must number them by their
 * sorted names, and that is how they are measured: a leave in the middle renumbers all that follow.
 */
final class BucketNumbers implements Scheme {
    private final String name;
    private final ConsistentBucketHasher hasher;

    private BucketNumbers(String name, ConsistentBucketHasher hasher) {
        this.name = name;
        this.hasher = hasher;
    }

    static BucketNumbers hash4jJumpBack() {
        return new BucketNumbers("hash4j JumpBackHash", ConsistentHashing.jumpBackHashSplitMix64());
    }

    static BucketNumbers guavaJump() {
        return new BucketNumbers("Guava consistentHash", Hashing::consistentHash);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return true;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        return new Numbered(this, List.copyOf(new TreeSet<>(nodes)));
    }

    private record Numbered(BucketNumbers scheme, List<String> nodes) implements Owners {

        @Override
        public String ownerOf(String key) {
            return nodes.get(scheme.hasher.getBucket(XxHash64.hash(key), nodes.size()));
        }

        @Override
        public Owners leave(String node) {
            List<String> left = new ArrayList<>(nodes);
            left.remove(node);
            return scheme.build(left, List.of());
        }

        @Override
        public Owners join(String node) {
            List<String> joined = new ArrayList<>(nodes);
            joined.add(node);
            return scheme.build(joined, List.of());
        }
    }
}
