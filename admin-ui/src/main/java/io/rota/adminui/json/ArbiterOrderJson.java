package io.rota.adminui.json;

import io.rota.scheduler.view.ArbiterOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/arbiters}.
 *
 * @param replace the arbiter that leaves; missing if nodes are added
 * @param add the node that takes its place, or those that are added; required
 * @param reason why, in the person's own words; required
 * @param by who says so; the address it came from where it is missing
 */
public record ArbiterOrderJson(
        @Nullable String replace,
        @Nullable List<@Nullable String> add,
        @Nullable String reason,
        @Nullable String by) {

    /**
     * What is wanted.
     *
     * @param from who says so where the body does not
     */
    public ArbiterOrder order(String from) {
        if (add == null || add.contains(null)) {
            throw new IllegalArgumentException("add must be a list of node names");
        }
        return new ArbiterOrder(
                replace == null ? List.of() : List.of(replace),
                add.stream().map(String::valueOf).toList(),
                reason == null ? "" : reason,
                by == null ? from : by);
    }
}
