package io.rota.torture.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of JSON. Whoever asks for a member that is not there, or for a type that it has not, gets an empty answer: an
 * answer cut short by a fault is an expected thing here. Immutable.
 */
public sealed interface Json {
    /** An object. */
    record Fields(Map<String, Json> byName) implements Json {
        public Fields {
            byName = Map.copyOf(byName);
        }
    }

    /** An array. */
    record Items(List<Json> list) implements Json {
        public Items {
            list = List.copyOf(list);
        }
    }

    /** A string, or a number, {@code true}, {@code false} or {@code null} as it is written. */
    record Text(String value) implements Json {}

    /** Stands for what is not there. */
    static Json nothing() {
        return new Items(List.of());
    }

    /** Reads a document; empty if it is none. */
    static Optional<Json> read(String document) {
        try {
            return Optional.of(new JsonReader(document).document());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The member of that name. */
    default Json get(String name) {
        return this instanceof Fields fields ? fields.byName().getOrDefault(name, nothing()) : nothing();
    }

    /** The elements of an array. */
    default List<Json> items() {
        return this instanceof Items items ? items.list() : List.of();
    }

    /** The text of a string, number or word; empty if it is none. */
    default String text() {
        return this instanceof Text text ? text.value() : "";
    }

    /** The text of a member. */
    default String text(String name) {
        return get(name).text();
    }
}
