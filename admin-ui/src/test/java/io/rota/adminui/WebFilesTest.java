package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files: all there, none foreign, none that the content policy would refuse. */
@Timeout(30)
class WebFilesTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '([^']+)'");

    @Test
    void indexRefersOnlyToFilesThatAreServed() throws Exception {
        var references = matches(REFERENCE, Files.readString(WEB.resolve("index.html")));

        assertThat(references).contains("js/app.js", "vendor/lit-html/lit-html.js");
        try (var fixture = new AdminServerFixture(Worlds.calm())) {
            for (var reference : references) {
                var path = reference.startsWith("/") ? reference : "/" + reference;
                assertThat(fixture.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void everyImportIsServedAsJavaScript() throws Exception {
        try (var fixture = new AdminServerFixture(Worlds.calm())) {
            for (var script : files(".js")) {
                for (var imported : matches(IMPORT, Files.readString(script))) {
                    var target =
                            "/" + WEB.relativize(script.resolveSibling(imported).normalize());
                    var answer = fixture.get(target);
                    assertThat(answer.statusCode())
                            .as("%s imports %s", script, imported)
                            .isEqualTo(200);
                    assertThat(answer.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
                }
            }
        }
    }

    @Test
    void vendoredLibraryComesWithWhatItImportsAndItsLicence() throws Exception {
        try (var fixture = new AdminServerFixture(Worlds.calm())) {
            for (var file : List.of("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js")) {
                assertThat(fixture.get("/vendor/lit-html/" + file).statusCode())
                        .as(file)
                        .isEqualTo(200);
            }
        }
        assertThat(WebFilesTest.class.getResource("/web/vendor/lit-html/LICENSE"))
                .isNotNull();
        assertThat(WebFilesTest.class.getResource("/META-INF/THIRD-PARTY-admin-ui.txt"))
                .isNotNull();
    }

    @Test
    void nothingInlineAndNothingForeign() throws Exception {
        for (var file : files("")) {
            var text = Files.readString(file, StandardCharsets.UTF_8).replace("http://www.w3.org/", "");
            assertThat(text)
                    .as(file.toString())
                    .doesNotContain("style=")
                    .doesNotContain("eval(")
                    .doesNotContain("https://")
                    .doesNotContainPattern("\\son[a-z]+=\"")
                    .doesNotContainPattern("<script>");
        }
    }

    @Test
    void unchangedFileIsNotSentAgain() throws Exception {
        try (var fixture = new AdminServerFixture(Worlds.calm())) {
            var first = fixture.get("/style/base.css");
            var etag = first.headers().firstValue("ETag").orElseThrow();

            var second = fixture.get("/style/base.css", "If-None-Match", etag);

            assertThat(etag).matches("\"[0-9a-f]{24}\"");
            assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(second.statusCode()).isEqualTo(304);
            assertThat(second.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../META-INF/THIRD-PARTY-admin-ui.txt",
                "/js/../../META-INF/THIRD-PARTY-admin-ui.txt",
                "/./index.html",
                "//index.html",
                "index.html",
                "/index.html/",
                "/INDEX.html?",
                "/vendor/lit-html/LICENSE"
            })
    void namesThatAreNotOursAreNotEvenLookedUp(String path) {
        var files = new WebFiles();

        assertThat(files.has(path)).isFalse();
        assertThat(files.has("/index.html")).isTrue();
    }

    @Test
    void rootIsTheIndex() throws Exception {
        try (var fixture = new AdminServerFixture(Worlds.calm())) {
            var answer = fixture.get("/");

            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(answer.body()).isEqualTo(Files.readString(WEB.resolve("index.html")));
        }
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(WEB)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
