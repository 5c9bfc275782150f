package io.rota.benchmarks;

import io.rota.hashing.XxHash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The textbook ring with the 160 positions a node of ketama, without a bound; XXH64 instead of MD5. */
final class PlainRing implements Scheme {
    private static final int POSITIONS = 160;

    @Override
    public String name() {
        return "plain ring, 160 positions";
    }

    @Override
    public boolean isFunctionOfTheSet() {
        return true;
    }

    @Override
    public Owners build(List<String> nodes, List<String> keys) {
        int size = nodes.size() * POSITIONS;
        long[] positions = new long[size];
        String[] owners = new String[size];
        for (int i = 0; i < size; i++) {
            String node = nodes.get(i / POSITIONS);
            positions[i] = XxHash64.hash(i % POSITIONS, XxHash64.hash(node)) ^ Long.MIN_VALUE;
            owners[i] = node;
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> Long.compare(positions[a], positions[b]))
                .mapToInt(i -> i)
                .toArray();
        long[] sorted = Arrays.stream(order).mapToLong(i -> positions[i]).toArray();
        String[] sortedOwners = Arrays.stream(order).mapToObj(i -> owners[i]).toArray(String[]::new);
        return new Circle(this, List.copyOf(nodes), sorted, sortedOwners);
    }

    private static final class Circle implements Owners {
        private final PlainRing ring;
        private final List<String> nodes;
        private final long[] positions;
        private final String[] owners;

        private Circle(PlainRing ring, List<String> nodes, long[] positions, String[] owners) {
            this.ring = ring;
            this.nodes = nodes;
            this.positions = positions;
            this.owners = owners;
        }

        @Override
        public String ownerOf(String key) {
            int at = Arrays.binarySearch(positions, XxHash64.hash(key) ^ Long.MIN_VALUE);
            int next = at < 0 ? -at - 1 : at;
            return owners[next == owners.length ? 0 : next];
        }

        @Override
        public Owners leave(String node) {
            List<String> left = new ArrayList<>(nodes);
            left.remove(node);
            return ring.build(left, List.of());
        }

        @Override
        public Owners join(String node) {
            List<String> joined = new ArrayList<>(nodes);
            joined.add(node);
            return ring.build(joined, List.of());
        }
    }
}
