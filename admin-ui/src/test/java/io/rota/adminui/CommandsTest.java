package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DoubtDecision;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.PlanView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over HTTP: what passes, what is turned away before anybody hears of it, and what an outcome looks like. */
@Timeout(30)
class CommandsTest {
    private static final String RUNS = "/api/v1/tasks/report/runs";
    private static final String DECISION = "/api/v1/tasks/payout/runs/payout@2026-03-01T06:00:00Z/decision";
    private static final String[] GOOD = {"Content-Type", "application/json", "X-Rota-Command", "1"};

    private AdminServerFixture fixture;

    @BeforeEach
    void start() {
        fixture = new AdminServerFixture(Worlds.calm());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void anOrderIsHandedOnAndAnsweredWithItsRun() throws Exception {
        var answer = fixture.post(RUNS, "{\"key\":\"k1\",\"params\":{\"index\":\"all\"}}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"runId\":\"report@report~k1\",\"node\":\"n2\",\"state\":\"starting\","
                        + "\"terminal\":false,\"reason\":\"\"}");
        assertThat(fixture.commands.orders).singleElement().satisfies(order -> {
            assertThat(order.task()).isEqualTo("report");
            assertThat(order.key()).isEqualTo("k1");
            assertThat(order.params()).isEqualTo(Map.of("index", "all"));
        });
    }

    @Test
    void anOrderWithoutAKeyGetsOneOfItsOwn() throws Exception {
        fixture.post(RUNS, "", GOOD);
        fixture.post(RUNS, "{}", GOOD);

        assertThat(fixture.commands.orders.stream().map(order -> order.key()).distinct())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN,404", "INVALID,400", "CONFLICT,409", "UNAVAILABLE,503"})
    void aRefusalIsAProblemWithItsReason(CommandOutcome.Cause cause, int status) throws Exception {
        fixture.commands.answer = new CommandOutcome.Refused(cause, "n2 says no");

        var answer = fixture.post(RUNS, "{}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("n2 says no.").contains("\"status\":" + status);
    }

    @Test
    void aSkippedRunIsToldWithItsReason() throws Exception {
        fixture.commands.answer =
                new CommandOutcome.RunBegun("report@report~k1", "n2", RunState.SKIPPED, "one is under way");

        assertThat(fixture.post(RUNS, "{}", GOOD).body())
                .contains("\"state\":\"skipped\",\"terminal\":true,\"reason\":\"one is under way\"");
    }

    // ---- decisions

    @Test
    void aDecisionIsHandedOnWithItsReasonAndItsAuthor() throws Exception {
        fixture.commands.answer = new CommandOutcome.Decided("payout@2026-03-01T06:00:00Z", RunState.RESOLVED_DONE);

        var answer =
                fixture.post(DECISION, "{\"decision\":\"done\",\"reason\":\"the bank says so\",\"by\":\"kim\"}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"runId\":\"payout@2026-03-01T06:00:00Z\",\"state\":\"resolved_done\"}");
        assertThat(fixture.commands.decisions)
                .containsExactly(new DoubtDecision(
                        "payout",
                        "payout@2026-03-01T06:00:00Z",
                        DoubtDecision.Verdict.DONE,
                        "the bank says so",
                        "kim"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"decision\":\"done\"}",
                "{\"decision\":\"done\",\"reason\":\"  \"}",
                "{\"decision\":\"perhaps\",\"reason\":\"x\"}",
                "{\"reason\":\"x\"}",
                "{\"decision\":\"done\",\"reason\":\"x\",\"by\":\"\"}",
                "{\"decision\":\"done\",\"reason\":\"x\",\"force\":\"yes\"}"
            })
    void aDecisionWithoutAReasonOrAKnownWordIsRefused(String body) throws Exception {
        assertThat(fixture.post(DECISION, body, GOOD).statusCode()).isEqualTo(400);
        assertThat(fixture.commands.decisions).isEmpty();
    }

    @Test
    void aDecisionFromAForeignPageIsForbidden() throws Exception {
        var body = "{\"decision\":\"done\",\"reason\":\"x\"}";

        assertThat(fixture.post(DECISION, body, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.commands.decisions).isEmpty();
    }

    // ---- draining

    private static final String DRAIN = "/api/v1/nodes/n3/drain";
    private static final CommandOutcome STANDS = new CommandOutcome.DrainStands(new DrainView(
            "n3",
            true,
            false,
            List.of(new PlanView.Move("a", "n3", "n1")),
            List.of(new DrainView.Blocked("b", "none carries its tags")),
            List.of("a", "b")));

    @Test
    void aDrainIsHandedOnAndAnsweredWithTheMoves() throws Exception {
        fixture.commands.answer = STANDS;

        var answer = fixture.post(DRAIN, "{\"allowBlocked\":true}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"node\":\"n3\",\"draining\":true,\"mayLeave\":false,"
                                + "\"moves\":[{\"task\":\"a\",\"from\":\"n3\",\"to\":\"n1\"}],"
                                + "\"blocked\":[{\"task\":\"b\",\"reason\":\"none carries its tags\"}],\"running\":[\"a\",\"b\"]}");
        assertThat(fixture.commands.drains).containsExactly(new DrainOrder("n3", DrainOrder.Action.DRAIN, true));
    }

    @Test
    void lookingIsNoCommandAndUndrainingIs() throws Exception {
        fixture.commands.answer = STANDS;

        assertThat(fixture.get(DRAIN).statusCode()).isEqualTo(200);
        assertThat(fixture.post("/api/v1/nodes/n3/undrain", "", GOOD).statusCode())
                .isEqualTo(200);
        assertThat(fixture.commands.drains)
                .containsExactly(DrainOrder.look("n3"), new DrainOrder("n3", DrainOrder.Action.UNDRAIN, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nodes/n3/drain", "/api/v1/nodes/n3/undrain", "/api/v1/reload", "/api/v1/plan"})
    void noneOfThemIsTakenFromAForeignPageOrWithAWordThatIsNotKnown(String path) throws Exception {
        assertThat(fixture.post(path, "{}", "Content-Type", "application/json").statusCode())
                .isEqualTo(403);
        assertThat(fixture.post(path, "{\"force\":true}", GOOD).statusCode()).isEqualTo(400);
        assertThat(fixture.commands.drains).isEmpty();
    }

    @Test
    void aDrainThatIsRefusedIsAProblem() throws Exception {
        fixture.commands.answer = new CommandOutcome.Refused(CommandOutcome.Cause.CONFLICT, "b would be blocked");

        var answer = fixture.post(DRAIN, "{}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("b would be blocked.").doesNotContain("errors");
    }

    // ---- files

    @Test
    void aReloadSaysWhatChangedOrAllThatIsWrong() throws Exception {
        fixture.commands.answer = new CommandOutcome.Reloaded(
                new TaskFileChange(List.of("a"), List.of(), List.of("b"), List.of()), 8, true);
        assertThat(fixture.post("/api/v1/reload", "", GOOD).body())
                .isEqualTo("{\"revision\":8,\"added\":[\"a\"],\"removed\":[],\"restarted\":[\"b\"],\"changed\":[],"
                        + "\"needsRestart\":true}");

        fixture.commands.answer = new CommandOutcome.ReloadRefused(List.of("rota.yaml:4:1: unknown key", "second"));
        var refused = fixture.post("/api/v1/reload", "{}", GOOD);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"errors\":[\"rota.yaml:4:1: unknown key\",\"second\"]");
    }

    @Test
    void aFileIsComparedByNamesAndFingerprintsAlone() throws Exception {
        var task = "{\"name\":\"new\",\"fingerprint\":\"000000000000000a\",\"process\":\"ffffffffffffffff\","
                + "\"tags\":{\"zone\":\"a\"}}";

        var answer = fixture.post("/api/v1/plan", "{\"revision\":8,\"tasks\":[" + task + "]}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(200);
        Golden.check("plan-file", answer.body());
        assertThat(fixture.post("/api/v1/plan", "{\"tasks\":[" + task + "," + task + "]}", GOOD)
                        .body())
                .contains("a task is there twice.");
    }

    // ---- arbiters

    @Test
    void aChangeOfTheArbitersIsHandedOnWithItsReasonAndItsAuthor() throws Exception {
        fixture.commands.answer = new CommandOutcome.ArbitersChanged(2, List.of("n4", "n2", "n3"), "");
        var body = "{\"replace\":\"n1\",\"add\":[\"n4\"],\"reason\":\"n1 burnt\",\"by\":\"kim\"}";

        var answer = fixture.post("/api/v1/arbiters", body, GOOD);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"epoch\":2,\"arbiters\":[\"n4\",\"n2\",\"n3\"],\"note\":\"\"}");
        assertThat(fixture.commands.arbiterOrders)
                .containsExactly(new ArbiterOrder(List.of("n1"), List.of("n4"), "n1 burnt", "kim"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tasks\":[null]}",
                "{\"tasks\":[{\"name\":\"A b\"}]}",
                "{\"tasks\":[{\"name\":\"a\",\"fingerprint\":\"xyz\"}]}",
                "{\"tasks\":[{\"name\":\"a\",\"fingerprint\":\"000000000000000a\"}]}",
                "{\"tasks\":[{\"name\":\"a\",\"command\":\"rm\"}]}",
                "{\"revision\":-1}",
                "{\"tasks\":{}}"
            })
    void whatIsNoFileOutlineIsABadRequest(String body) throws Exception {
        assertThat(fixture.post("/api/v1/plan", body, GOOD).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"add\":[\"n4\"]}",
                "{\"add\":[],\"reason\":\"x\"}",
                "{\"add\":[null],\"reason\":\"x\"}",
                "{\"replace\":\"n1\",\"add\":[\"n4\",\"n5\"],\"reason\":\"x\"}",
                "{\"replace\":\"n1\",\"add\":[\"n4\"],\"reason\":\" \"}"
            })
    void aChangeOfTheArbitersThatIsNoneIsRefused(String body) throws Exception {
        assertThat(fixture.post("/api/v1/arbiters", body, GOOD).statusCode()).isEqualTo(400);
        assertThat(fixture.commands.arbiterOrders).isEmpty();
    }

    // ---- other web sites

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.org", "http://localhost:1", "null", "http://127.0.0.1.evil.org", "%%"})
    void aForeignOriginIsForbidden(String origin) throws Exception {
        var answer =
                fixture.post(RUNS, "{}", "Content-Type", "application/json", "X-Rota-Command", "1", "Origin", origin);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(fixture.commands.orders).isEmpty();
    }

    @Test
    void thePagesOwnOriginIsServed() throws Exception {
        var own = "http://127.0.0.1:" + fixture.server.port();

        var answer = fixture.post(
                RUNS,
                "{}",
                "Content-Type",
                "application/json",
                "X-Rota-Command",
                "1",
                "Origin",
                own,
                "Sec-Fetch-Site",
                "same-origin");

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aRequestThatABrowserSendsForAnotherSiteIsForbidden(String site) throws Exception {
        var answer = fixture.post(
                RUNS, "{}", "Content-Type", "application/json", "X-Rota-Command", "1", "Sec-Fetch-Site", site);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(fixture.commands.orders).isEmpty();
    }

    @Test
    void withoutTheHeaderItIsForbidden() throws Exception {
        var answer = fixture.post(RUNS, "{}", "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("send X-Rota-Command: 1");
        assertThat(fixture.commands.orders).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json-patch+json"
            })
    void whatAFormCanSendIsNoCommand(String type) throws Exception {
        var answer = fixture.post(RUNS, "{}", "Content-Type", type, "X-Rota-Command", "1");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(fixture.commands.orders).isEmpty();
    }

    @Test
    void foreignHostsAreRefused() throws Exception {
        var answer = fixture.raw(
                "POST " + RUNS + " HTTP/1.1",
                "Host: rebind.example.org",
                "Content-Type: application/json",
                "X-Rota-Command: 1",
                "Content-Length: 0");

        assertThat(answer).startsWith("HTTP/1.1 421");
        assertThat(fixture.commands.orders).isEmpty();
    }

    // ---- bodies

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kye\":\"k\"}           | There is no \\\"kye\\\" here, only [",
                "{\"key\":1}               | cannot be read",
                "{\"key\":\"a\",\"key\":\"b\"} | Duplicate",
                "{} x                      | cannot be read",
                "[]                        | cannot be read",
                "null                      | null instead of an object",
                "{\"params\":{\"a\":[]}}   | cannot be read",
                "{\"params\":{\"a\":null}} | param a is null",
                "{\"key\":\"a b\"}         | is not made of letters",
                "{\"key\":\"\"}            | is not made of letters"
            })
    void aBodyThatIsNoOrderIsABadRequestThatSaysWhy(String body, String why) throws Exception {
        var answer = fixture.post(RUNS, body, GOOD);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
        assertThat(fixture.commands.orders).isEmpty();
    }

    @Test
    void aBodyThatIsTooLongIsRefused() throws Exception {
        var answer = fixture.post(RUNS, "{\"key\":\"" + "k".repeat(CommandGate.MAX_BYTES) + "\"}", GOOD);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(fixture.commands.orders).isEmpty();
    }

    @Test
    void otherMethodsAreToldThatThisTakesCommands() throws Exception {
        var answer = fixture.send("DELETE", RUNS);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
    }
}
