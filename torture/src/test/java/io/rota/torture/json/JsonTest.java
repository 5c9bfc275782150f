package io.rota.torture.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
    private static final String DOCUMENT = "{\"name\": \"n\\u0031\\n\", \"n\": -1.5e3, \"ok\": true, \"none\": null,"
            + " \"items\": [{\"a\": \"1\"}, []], \"empty\": {}}";

    @Test
    void aDocumentIsRead() {
        var json = Json.read(DOCUMENT).orElseThrow();

        assertThat(json.text("name")).isEqualTo("n1\n");
        assertThat(json.text("n")).isEqualTo("-1.5e3");
        assertThat(json.text("ok")).isEqualTo("true");
        assertThat(json.get("items").items().get(0).text("a")).isEqualTo("1");
        assertThat(json.get("absent").get("deeper").text("still")).isEmpty();
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < DOCUMENT.length(); length++) {
            assertThat(Json.read(DOCUMENT.substring(0, length))).isEmpty();
        }
    }

    @Test
    void endlessDepthIsRefused() {
        assertThat(Json.read("[".repeat(100_000))).isEmpty();
    }
}
