package io.rota.adminui.json;

import java.util.List;

/** Every list of the API: its items and how many there are in all. */
public record ItemsJson<T>(List<T> items, int total) {
    public ItemsJson {
        items = List.copyOf(items);
    }

    /** A list that holds everything there is. */
    public static <T> ItemsJson<T> all(List<T> items) {
        return new ItemsJson<>(items, items.size());
    }
}
