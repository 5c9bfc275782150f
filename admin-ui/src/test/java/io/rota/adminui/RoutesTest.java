package io.rota.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.view.Notice;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RoutesTest {
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
    void tableHoldsWhatIsDocumented() {
        try (var hub = new EventHub(fixture.queries, EventPace.DEFAULT)) {
            assertThat(Routes.table(fixture.queries, fixture.commands, hub).keySet())
                    .containsExactly(
                            "/api/v1/cluster",
                            "/api/v1/arbiters",
                            "/api/v1/members",
                            "/api/v1/tasks",
                            "/api/v1/tasks/{name}",
                            "/api/v1/tasks/{name}/runs",
                            "/api/v1/tasks/{name}/why",
                            "/api/v1/in-doubt",
                            "/api/v1/ring",
                            "/api/v1/ring/plan",
                            "/api/v1/nodes/{name}/drain",
                            "/api/v1/events",
                            "/healthz",
                            "/readyz");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/cluster, cluster",
        "/api/v1/arbiters, arbiters",
        "/api/v1/members, members",
        "/api/v1/tasks, tasks",
        "/api/v1/tasks/poller, task",
        "/api/v1/tasks/report/runs, runs",
        "/api/v1/tasks/poller/why, why",
        "/api/v1/ring, ring",
        "/api/v1/ring/plan?without=n1, plan",
        "/healthz, healthz",
        "/readyz, readyz"
    })
    void answersHaveTheGoldenShape(String path, String golden) throws Exception {
        var answer = fixture.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        Golden.check(golden, answer.body());
    }

    @Test
    void whatIsInDoubtIsListedWithWhatIsKnownOfIt() throws Exception {
        fixture.queries.become(fixture.queries.world().withDoubts(List.of(Worlds.held())));

        Golden.check("in-doubt", fixture.get("/api/v1/in-doubt").body());
    }

    @Test
    void runsOfATaskThatNeverRanAreAnEmptyList() throws Exception {
        assertThat(fixture.get("/api/v1/tasks/poller/runs").body()).isEqualTo("{\"items\":[],\"total\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "x", "9999999999"})
    void badLimitIsABadRequest(String limit) throws Exception {
        var answer = fixture.get("/api/v1/tasks/report/runs?limit=" + limit);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("from 1 to 100");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/ring/plan, 400",
        "/api/v1/ring/plan?without=n1&with=n2, 400",
        "/api/v1/ring/plan?node=n1, 400",
        "/api/v1/ring/plan?node=n1&weight=heavy, 400",
        "/api/v1/ring/plan?node=n1&weight=100.001, 400",
        "/api/v1/ring/plan?node=n1&weight=0, 400",
        "/api/v1/ring/plan?without=nobody, 404",
        "/api/v1/ring/plan?with=n1, 404",
        "/api/v1/tasks/nothing/why, 404"
    })
    void aPlanNeedsOneChangeThatIsPossible(String path, int status) throws Exception {
        assertThat(fixture.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void aPlanForAWeightSaysWhichWeight() throws Exception {
        assertThat(fixture.get("/api/v1/ring/plan?node=n1&weight=2.5").body())
                .contains("\"change\":\"weight of n1 becomes 2.5\"");
    }

    @Test
    void notReadyWhileTheNodeTakesNoWork() throws Exception {
        fixture.queries.hinder(new Notice(Notice.Severity.INFO, "draining", "The node is drained."));

        var answer = fixture.get("/readyz");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"ready\":false,\"reasons\":[{\"severity\":\"info\",\"code\":\"draining\","
                        + "\"text\":\"The node is drained.\"}]}");
    }

    @Test
    void readyWhateverElseIsWrongInTheCluster() throws Exception {
        var error = new Notice(Notice.Severity.ERROR, "no_quorum", "Only 1 of 3 arbiters answers.");
        fixture.queries.become(Worlds.calm().withCluster(Worlds.cluster(List.of(error))));

        assertThat(fixture.get("/readyz").statusCode()).isEqualTo(200);
    }
}
