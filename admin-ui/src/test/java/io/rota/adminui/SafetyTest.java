package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile page or client may try. */
@Timeout(30)
class SafetyTest {
    private AdminServerFixture fixture;

    @BeforeEach
    void start() {
        fixture = new AdminServerFixture(Worlds.calm());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/js/app.js",
                "/api/v1/cluster",
                "/healthz",
                "/nowhere",
                "/api/v1/tasks/none",
                "/api/v1/events"
            })
    void everyAnswerCarriesTheSafetyHeaders(String path) throws Exception {
        var headers = fixture.get(path).headers();

        SafetyHeaders.ALL.forEach(
                (name, value) -> assertThat(headers.firstValue(name)).contains(value));
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void policyForbidsInlineAndForeignCode() {
        assertThat(SafetyHeaders.ALL.get("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:7702", "127.0.0.1", "127.0.0.1:1", "127.9.9.9:80", "[::1]", "[::1]:7702"
            })
    void loopbackHostsAreServed(String host) throws Exception {
        assertThat(fixture.raw("GET /healthz HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebind.example.org",
                "localhost.example.org",
                "127.0.0.1.example.org:7702",
                "10.0.0.1",
                "0.0.0.0:7702"
            })
    void foreignHostsAreRefused(String host) throws Exception {
        var answer = fixture.raw("GET /api/v1/cluster HTTP/1.1", "Host: " + host);

        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("misdirected-request")
                .doesNotContain("harbour");
    }

    @Test
    void missingHostIsRefused() throws Exception {
        assertThat(fixture.raw("GET /api/v1/cluster HTTP/1.0"))
                .contains(" 421 ")
                .doesNotContain("harbour");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../META-INF/THIRD-PARTY-admin-ui.txt",
                "/..%2fMETA-INF/THIRD-PARTY-admin-ui.txt",
                "/%2e%2e/META-INF/THIRD-PARTY-admin-ui.txt",
                "/js/..%5c..%5cMETA-INF/THIRD-PARTY-admin-ui.txt",
                "/js/%2e%2e/%2e%2e/META-INF/THIRD-PARTY-admin-ui.txt",
                "/js//../../META-INF/THIRD-PARTY-admin-ui.txt",
                "/..;/META-INF/THIRD-PARTY-admin-ui.txt",
                "/js/app.js%00.css",
                "/.hidden.txt",
                "//etc/passwd",
                "/js/",
                "/js"
            })
    void pathsThatLeaveTheFolderFindNothing(String path) throws Exception {
        var answer = fixture.raw("GET " + path + " HTTP/1.1", "Host: localhost");

        assertThat(answer).containsPattern("^HTTP/1.1 (400|404)").contains("application/problem+json");
        assertThat(answer).doesNotContain("lit-html");
    }

    @Test
    void unknownPathIsAProblem() throws Exception {
        var answer = fixture.get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"/problems/not-found\",\"title\":\"Not found\",\"status\":404,"
                        + "\"detail\":\"Nothing lives at /api/v1/nothing.\"}");
    }

    @Test
    void unknownTaskIsAProblemThatNamesIt() throws Exception {
        var answer = fixture.get("/api/v1/tasks/none/runs");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("no task named 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowedAndToldWhatIs(String method) throws Exception {
        var answer = fixture.send(method, "/api/v1/tasks");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void eventsWithoutTheRightAcceptAreNotAcceptable() throws Exception {
        var answer = fixture.get("/api/v1/events", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void failureInsideIsToldWithoutItsInnards() throws Exception {
        fixture.queries.failWith("jdbc:secret");

        var answer = fixture.get("/api/v1/cluster");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("the node's log says why").doesNotContain("secret");
    }
}
