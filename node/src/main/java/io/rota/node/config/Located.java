package io.rota.node.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows where it stands. Scalars are text: what they mean is decided by who reads them. */
sealed interface Located {
    int line();

    int column();

    /** One scalar. */
    record Scalar(String text, int line, int column) implements Located {}

    /** A list. */
    record Items(List<Located> items, int line, int column) implements Located {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A mapping, in the order of the file. */
    record Fields(Map<String, Field> fields, int line, int column) implements Located {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** A value and the place of its key. */
    record Field(Located value, int line, int column) {}

    /** What it is, in words for a person. */
    default String kind() {
        if (this instanceof Scalar scalar) {
            return scalar.text().isEmpty() ? "nothing" : "\"" + scalar.text() + "\"";
        }
        return this instanceof Items ? "a list" : "a mapping";
    }
}
