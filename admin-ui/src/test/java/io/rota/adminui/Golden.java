package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Compares JSON with the file {@code golden/NAME.json}: names, order and values, not white space. */
final class Golden {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Golden() {}

    static void check(String name, String json) {
        try (var file = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
            var wanted = MAPPER.readTree(Objects.requireNonNull(file, "no golden file for " + name));
            assertThat(MAPPER.readTree(json).toPrettyString()).isEqualTo(wanted.toPrettyString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
