package io.rota.torture.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the product documents as its limits today, so that the nemesis leaves it out. Immutable.
 *
 * @param memoryBooks the nodes under test keep their books in memory: no two arbiters lose theirs in one round
 * @param frozenTogether node and guard are not frozen together for as long as a lease
 * @param diskNeedsRestart a node whose disk failed is restarted at the heal
 * @param arbiters the first so many nodes are arbiters
 */
public record Limits(boolean memoryBooks, boolean frozenTogether, boolean diskNeedsRestart, int arbiters) {
    private static final int FROZEN_MILLIS = 16_000;

    /** True if the fault may be added to a round that holds the others. */
    public boolean allow(List<Fault> others, Fault fault) {
        if (!memoryBooks) {
            return true;
        }
        long lost = Stream.concat(others.stream(), Stream.of(fault))
                .filter(each -> each.kind().losesMemory())
                .flatMap(each -> each.victims().stream())
                .filter(node -> node < arbiters)
                .distinct()
                .count();
        return lost <= 1;
    }

    /** The longest that this kind may last. */
    public int maxMillis(FaultKind kind) {
        return kind == FaultKind.STOP_BOTH && !frozenTogether ? FROZEN_MILLIS : kind.maxMillis();
    }

    /** What is left out, in sentences for the report. */
    public List<String> excluded() {
        var sentences = new ArrayList<String>();
        if (memoryBooks) {
            sentences.add("two arbiters killed or restarted in one round (books in memory, by --memory-books true)");
        }
        if (frozenTogether) {
            sentences.add("node and guard frozen together for longer than 4 s (--frozen-together true puts it in)");
        }
        if (diskNeedsRestart) {
            sentences.add(
                    "a failed disk that heals without a restart of its node (--heal-disks-alone true puts it in)");
        }
        return sentences;
    }
}
