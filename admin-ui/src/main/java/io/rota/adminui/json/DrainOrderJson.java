package io.rota.adminui.json;

import org.jspecify.annotations.Nullable;

/**
 * Body of the command that drains a node.
 *
 * @param allowBlocked drain it although tasks would be blocked; no if it is left out
 */
public record DrainOrderJson(@Nullable Boolean allowBlocked) {
    /** What it says. */
    public boolean allowsBlocked() {
        return Boolean.TRUE.equals(allowBlocked);
    }
}
