package io.rota.adminui.json;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/tasks/{name}/runs}.
 *
 * @param key idempotency key; one is made where there is none
 * @param params values of declared params, all text
 */
public record RunOrderJson(@Nullable String key, @Nullable Map<String, @Nullable String> params) {

    /** The params by name; a value that is null is refused. */
    public SortedMap<String, String> paramsInOrder() {
        var inOrder = new TreeMap<String, String>();
        if (params != null) {
            params.forEach((name, value) -> {
                if (value == null) {
                    throw new IllegalArgumentException("param " + name + " is null: leave it out or give it a text");
                }
                inOrder.put(name, value);
            });
        }
        return inOrder;
    }
}
